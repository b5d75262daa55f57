package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a target group can show about itself. The API server refuses most of it before we see it.
 */
final class TargetGroupRules {
  private static final Pattern PORT_NAME = Pattern.compile("(?=.{1,15}$)[a-z0-9-]*[a-z][a-z0-9-]*");

  private TargetGroupRules() {}

  /** Problems without whose cure no listener can use the group. */
  static List<String> fatal(TargetGroup group) {
    var spec = group.getSpec();
    if (spec == null) {
      return List.of("spec is required: give at least protocol, port, and selector or targets.");
    }
    var problems = new ArrayList<String>();
    if (group.getMetadata().getName().length() > 63) {
      problems.add("metadata.name must have at most 63 characters.");
    }
    if (spec.protocol() == null) {
      problems.add("protocol is required: TCP or UDP.");
    }
    if (spec.port() == null) {
      problems.add("port is required: a number, or the name of a container port.");
    } else {
      port("port", spec.port(), problems);
    }
    if (spec.drainTimeoutSeconds() < 0 || spec.drainTimeoutSeconds() > 3600) {
      problems.add(
          "drainTimeoutSeconds: %d must be 0..3600.".formatted(spec.drainTimeoutSeconds()));
    }
    if (spec.slowStartSeconds() < 0 || spec.slowStartSeconds() > 900) {
      problems.add("slowStartSeconds: %d must be 0..900.".formatted(spec.slowStartSeconds()));
    }
    if (spec.healthCheck() != null) {
      HealthCheckRules.check(spec.healthCheck(), problems);
    }
    return problems;
  }

  /** Problems that leave something to serve with. */
  static List<String> partial(TargetGroup group) {
    var spec = group.getSpec();
    var problems = new ArrayList<String>();
    if (spec.selector() == null && spec.targets().isEmpty()) {
      problems.add(
          "selector or targets is required: say which pods or addresses belong to the group.");
    }
    var selector = selectorProblem(group);
    if (selector != null) {
      problems.add(selector);
    }
    if (spec.protocol() == Protocol.UDP && spec.proxyProtocol() == ProxyProtocol.V1) {
      problems.add("proxyProtocol: V1 cannot describe UDP: use None or V2.");
    }
    return problems;
  }

  static @Nullable String selectorProblem(TargetGroup group) {
    var selector = group.getSpec().selector();
    return selector == null ? null : Selector.problem(selector);
  }

  static void port(String field, IntOrString port, List<String> problems) {
    var number = port.getIntVal();
    var name = port.getStrVal();
    boolean right =
        number == null
            ? name != null && PORT_NAME.matcher(name).matches()
            : number >= 1 && number <= 65535;
    if (!right) {
      problems.add(
          "%s: %s must be 1..65535, or the name of a container port."
              .formatted(field, number == null ? name : number));
    }
  }
}
