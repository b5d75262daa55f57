package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.TargetGroupSpec;
import cloud.thalassa.lb.crds.address.IpAddress;
import cloud.thalassa.lb.operator.compile.PodTarget.Trait;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pods as targets. A pod counts while it has an IP and is not finished, once: with its primary
 * address, because a target's family need not be the client's.
 */
final class PodMembers {
  private static final int NAMED_IN_A_SENTENCE = 3;

  /** Pods that share an address (on the host's network) are one target: the liveliest. */
  private static final Comparator<PodTarget> LIVELIEST_FIRST =
      Comparator.comparing(PodTarget::terminating)
          .thenComparing(PodTarget::ready, Comparator.reverseOrder())
          .thenComparing(PodTarget::ref);

  private final TargetGroupSpec spec;
  private final OffLimits offLimits;
  private final Map<String, List<PodTarget>> unusable = new TreeMap<>();

  private PodMembers(TargetGroupSpec spec, OffLimits offLimits) {
    this.spec = spec;
    this.offLimits = offLimits;
  }

  static Collection<Member> of(
      TargetGroupSpec spec, Collection<PodTarget> pods, OffLimits offLimits, List<String> leftOut) {
    var reader = new PodMembers(spec, offLimits);
    var members = new LinkedHashMap<Member.Key, Member>();
    for (var pod : pods.stream().sorted(LIVELIEST_FIRST).toList()) {
      var member = pod.finished() || pod.ips().isEmpty() ? null : reader.member(pod);
      if (member != null) {
        members.putIfAbsent(member.key(), member);
      }
    }
    reader.unusable.forEach((why, which) -> leftOut.add(sentence(why, which)));
    return members.values();
  }

  private @Nullable Member member(PodTarget pod) {
    if (pod.has(Trait.REPLICA)) {
      return leaveOut(
          pod, "a load balancer's own replicas would send connections round in circles");
    }
    var address = IpAddress.parse(pod.ips().getFirst());
    if (address == null) {
      return leaveOut(pod, "its status.podIP is not an IP address");
    }
    var problem = offLimits.problem(address);
    if (problem != null) {
      return leaveOut(pod, "its status.podIP is " + problem);
    }
    var port = port(pod, spec.port(), spec.protocol());
    if (port == null) {
      return leaveOut(pod, noPort("port", spec.port(), spec.protocol()));
    }
    Integer healthPort = null;
    if (spec.healthCheck() != null && spec.healthCheck().port() != null) {
      healthPort = port(pod, spec.healthCheck().port(), Protocol.TCP);
      if (healthPort == null) {
        return leaveOut(pod, noPort("healthCheck.port", spec.healthCheck().port(), Protocol.TCP));
      }
    }
    return new Member(
        address.text(),
        address.v6(),
        port,
        port.equals(healthPort) ? null : healthPort,
        1,
        pod.ready(),
        pod.terminating(),
        pod.nodeName(),
        pod.zone(),
        pod);
  }

  private @Nullable Member leaveOut(PodTarget pod, String why) {
    unusable.computeIfAbsent(why, _ -> new ArrayList<>()).add(pod);
    return null;
  }

  private static @Nullable Integer port(PodTarget pod, IntOrString port, Protocol protocol) {
    return port.getIntVal() != null ? port.getIntVal() : pod.port(port.getStrVal(), protocol);
  }

  private static String noPort(String field, IntOrString port, Protocol protocol) {
    return "%s: no container port is named %s (%s)".formatted(field, port.getStrVal(), protocol);
  }

  private static String sentence(String why, List<PodTarget> pods) {
    var names = pods.stream().map(PodTarget::name).sorted().toList();
    var shown = String.join(", ", names.subList(0, Math.min(NAMED_IN_A_SENTENCE, names.size())));
    int more = names.size() - NAMED_IN_A_SENTENCE;
    return "Left out: pod%s %s%s, because %s."
        .formatted(
            names.size() == 1 ? "" : "s", shown, more > 0 ? " and " + more + " more" : "", why);
  }
}
