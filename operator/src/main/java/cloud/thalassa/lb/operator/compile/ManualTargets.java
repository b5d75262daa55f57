package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.TargetGroupSpec;
import cloud.thalassa.lb.crds.TargetGroupSpec.Target;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets given by hand. A wrong one is left out and said; the others serve. */
final class ManualTargets {
  private static final int MOST = 1000;

  private final TargetGroupSpec spec;
  private final OffLimits offLimits;

  private ManualTargets(TargetGroupSpec spec, OffLimits offLimits) {
    this.spec = spec;
    this.offLimits = offLimits;
  }

  static Collection<Member> of(TargetGroupSpec spec, OffLimits offLimits, List<String> invalid) {
    var reader = new ManualTargets(spec, offLimits);
    var members = new LinkedHashMap<Member.Key, Member>();
    for (int i = 0; i < Math.min(MOST, spec.targets().size()); i++) {
      var target = spec.targets().get(i);
      var problems = new ArrayList<String>();
      var member = reader.member(target, problems);
      if (member != null && members.putIfAbsent(member.key(), member) != null) {
        problems.add(
            "address: %s port %d is listed twice; only the first counts: delete one"
                .formatted(member.address(), member.port()));
      }
      for (var problem : problems) {
        invalid.add("targets[%d].%s.".formatted(i, problem));
      }
    }
    if (spec.targets().size() > MOST) {
      invalid.add(
          "targets: %d entries are more than %d; only the first %d count."
              .formatted(spec.targets().size(), MOST, MOST));
    }
    return members.values();
  }

  private @Nullable Member member(Target target, List<String> problems) {
    var address = address(target, problems);
    var port = target.port() == null ? spec.port().getIntVal() : target.port();
    if (port == null) {
      problems.add(
          "port is required, because spec.port is the name of a container port (%s)"
              .formatted(spec.port().getStrVal()));
    } else if (port < 1 || port > 65535) {
      problems.add("port: %d must be 1..65535".formatted(port));
    }
    if (target.weight() < 0 || target.weight() > 256) {
      problems.add("weight: %d must be 0..256".formatted(target.weight()));
    }
    Integer healthPort = null;
    if (spec.healthCheck() != null && spec.healthCheck().port() != null) {
      healthPort = spec.healthCheck().port().getIntVal();
      if (healthPort == null) {
        problems.add(
            "address: a target given by hand has no port named %s, which healthCheck.port asks for: give a number there"
                .formatted(spec.healthCheck().port().getStrVal()));
      }
    }
    if (address == null || port == null || !problems.isEmpty()) {
      return null;
    }
    return new Member(
        address.text(),
        address.v6(),
        port,
        port.equals(healthPort) ? null : healthPort,
        target.weight(),
        true,
        false,
        null,
        target.zone(),
        null);
  }

  private @Nullable IpAddress address(Target target, List<String> problems) {
    var address = IpAddress.parse(target.address());
    if (address == null) {
      problems.add(
          "address: %s is not an IPv4 or IPv6 address; names are not resolved"
              .formatted(target.address()));
      return null;
    }
    var problem = offLimits.problemByHand(address);
    if (problem != null) {
      problems.add("address: %s is %s".formatted(address.text(), problem));
      return null;
    }
    return address;
  }
}
