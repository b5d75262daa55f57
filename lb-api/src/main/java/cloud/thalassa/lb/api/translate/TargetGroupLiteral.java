package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.HealthCheckBody;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.ProxyProtocol;
import cloud.thalassa.lb.crds.SelectionPolicy;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import cloud.thalassa.lb.crds.TargetGroupSpec.Target;
import cloud.thalassa.lb.crds.WhenNoneHealthy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target group in the words of a client.
 *
 * @param targetPort 0: the port has a name
 */
record TargetGroupLiteral(
    int targetPort,
    String protocol,
    @Nullable Map<String, String> targetSelector,
    @Nullable Boolean enableProxyProtocol,
    @Nullable String loadbalancingPolicy,
    @Nullable HealthCheckBody healthCheck,
    List<Attached> attachments)
    implements Literal<TargetGroupSpec> {
  private static final int DRAIN_SECONDS = 300;

  /** A target group has a selector or targets; this is the selector of one without members. */
  private static final LabelSelector NOBODY =
      new LabelSelectorBuilder().addToMatchLabels(Notes.OURS + "nobody", "true").build();

  private static final Map<String, SelectionPolicy> POLICIES =
      Map.of(
          "ROUND_ROBIN", SelectionPolicy.ROUND_ROBIN,
          "RANDOM", SelectionPolicy.RANDOM,
          "MAGLEV", SelectionPolicy.MAGLEV);

  TargetGroupLiteral {
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
  }

  static TargetGroupLiteral of(TargetGroup group) {
    var spec = group.getSpec();
    return Literal.of(group, TargetGroupLiteral.class, spec).orElseGet(() -> derived(group));
  }

  private static TargetGroupLiteral derived(TargetGroup group) {
    var spec = group.getSpec();
    int port = number(spec.port());
    var selector = spec.selector();
    return new TargetGroupLiteral(
        port,
        spec.protocol().name().toLowerCase(Locale.ROOT),
        selector == null || selector.equals(NOBODY) ? null : equal(selector),
        spec.proxyProtocol() == ProxyProtocol.NONE ? null : Boolean.TRUE,
        spec.policy() == SelectionPolicy.RANDOM || spec.policy() == SelectionPolicy.MAGLEV
            ? spec.policy().name()
            : null,
        HealthChecks.derived(spec.healthCheck(), port),
        attached(group));
  }

  /** Machines are recognized by their address, whoever changed the targets since. */
  private static List<Attached> attached(TargetGroup group) {
    var annotations = group.getMetadata().getAnnotations();
    var noted =
        Json.read(
                annotations == null ? null : annotations.get(Notes.LITERAL),
                TargetGroupLiteral.class)
            .map(TargetGroupLiteral::attachments)
            .orElse(List.of());
    return group.getSpec().targets().stream()
        .map(
            target ->
                noted.stream()
                    .filter(it -> it.is(target))
                    .findFirst()
                    .orElseGet(() -> Attached.of(target)))
        .toList();
  }

  TargetGroupLiteral with(List<Attached> next) {
    return new TargetGroupLiteral(
        targetPort,
        protocol,
        targetSelector,
        enableProxyProtocol,
        loadbalancingPolicy,
        healthCheck,
        next);
  }

  static @Nullable String policy(@Nullable String given) {
    if (given == null || given.isEmpty()) {
      return null;
    }
    var word = given.toUpperCase(Locale.ROOT);
    if (!POLICIES.containsKey(word)) {
      throw Refusal.invalid(
          "loadbalancingPolicy", Text.quoted(given) + " is none of ROUND_ROBIN, RANDOM, MAGLEV");
    }
    return word;
  }

  @Override
  public TargetGroupSpec over(TargetGroupSpec spec) {
    var kind = Protocols.kind(protocol);
    var targets = attachments.stream().map(it -> target(it, spec)).toList();
    return new TargetGroupSpec(
        kind,
        targetPort == number(spec.port()) ? spec.port() : new IntOrString(targetPort),
        selector(spec.selector(), targets),
        targets,
        loadbalancingPolicy == null
            ? spec.policy()
            : POLICIES.getOrDefault(loadbalancingPolicy, spec.policy()),
        proxyProtocol(kind, spec.proxyProtocol()),
        healthCheck == null ? null : HealthChecks.over(healthCheck, targetPort, spec.healthCheck()),
        spec.whenNoneHealthy(),
        spec.drainTimeoutSeconds(),
        spec.slowStartSeconds());
  }

  /** What the literal is written over when there is no target group yet. */
  TargetGroupSpec alone() {
    return over(
        new TargetGroupSpec(
            Protocols.kind(protocol),
            new IntOrString(targetPort),
            null,
            List.of(),
            SelectionPolicy.ROUND_ROBIN,
            ProxyProtocol.NONE,
            null,
            WhenNoneHealthy.FAIL_OPEN,
            DRAIN_SECONDS,
            0));
  }

  private static Target target(Attached attached, TargetGroupSpec spec) {
    return spec.targets().stream()
        .filter(attached::is)
        .findFirst() // with its weight and zone
        .orElseGet(() -> new Target(attached.address(), attached.port(), 1, null));
  }

  private @Nullable LabelSelector selector(@Nullable LabelSelector previous, List<Target> targets) {
    var wanted = targetSelector == null ? Map.<String, String>of() : targetSelector;
    if (previous != null && !previous.equals(NOBODY) && wanted.equals(equal(previous))) {
      return previous; // with its expressions
    }
    if (!wanted.isEmpty()) {
      return new LabelSelectorBuilder().withMatchLabels(wanted).build();
    }
    return targets.isEmpty() ? NOBODY : null;
  }

  private static Map<String, String> equal(LabelSelector selector) {
    var equal = selector.getMatchLabels();
    return equal == null ? Map.of() : equal;
  }

  private ProxyProtocol proxyProtocol(Protocol kind, ProxyProtocol previous) {
    if (enableProxyProtocol == null) {
      return previous;
    }
    if (!enableProxyProtocol) {
      return ProxyProtocol.NONE;
    }
    if (kind == Protocol.UDP) {
      return ProxyProtocol.V2;
    }
    return previous == ProxyProtocol.NONE ? ProxyProtocol.V1 : previous;
  }

  private static int number(IntOrString port) {
    return port.getIntVal() == null ? 0 : port.getIntVal();
  }
}
