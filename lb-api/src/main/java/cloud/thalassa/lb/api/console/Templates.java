package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.audit.AuditTrail;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** {@code templates/console}, checked by the build. */
@CheckedTemplate(basePath = "console")
final class Templates {
  private Templates() {}

  static native TemplateInstance signIn(Page page, String next, String problem);

  static native TemplateInstance problem(Page page, String message);

  static native TemplateInstance balancers(Page page, BalancerList list);

  static native TemplateInstance balancersLive(BalancerList list);

  static native TemplateInstance balancer(Page page, BalancerDetail detail);

  static native TemplateInstance balancerLive(BalancerDetail detail);

  static native TemplateInstance explanation(Answer answer);

  static native TemplateInstance form(Page page, FormView form);

  static native TemplateInstance formChecked(FormView form);

  static native TemplateInstance confirm(Page page, Confirmation confirm);

  static native TemplateInstance groups(Page page, List<GroupDetail> groups);

  static native TemplateInstance group(Page page, GroupDetail group);

  static native TemplateInstance audit(Page page, List<AuditTrail.Shown> entries, String older);
}
