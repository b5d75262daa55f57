package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.ForwardingConfigSpec;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From what was observed of a load balancer to what it means. */
public final class Compiler {
  private Compiler() {}

  /** Never throws for what a user wrote: that becomes a verdict. */
  public static Compiled compile(Observed observed) {
    var metadata = observed.loadBalancer().getMetadata();
    var config = new ForwardingConfig();
    config.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .build());
    config.setSpec(
        new ForwardingConfigSpec(
            ForwardingConfigSpec.FORMAT_VERSION, "", List.of(), List.of(), List.of()));
    return new Compiled(config, List.of(), Verdict.of(List.of()), new TreeMap<>(), new TreeMap<>());
  }

  /**
   * The verdict on a listener whose load balancer does not exist.
   *
   * @param targetGroup what it refers to, if that exists
   * @param grants the ReferenceGrants of the namespaces that it refers to
   */
  public static Verdict orphan(
      Listener listener, @Nullable TargetGroup targetGroup, List<Grant> grants) {
    return new Verdict.Refused(
        List.of(
            new Verdict.Problem(
                ConditionType.ACCEPTED,
                Reason.LOAD_BALANCER_NOT_FOUND,
                "loadBalancerRef: there is no LoadBalancer of that name")));
  }
}
