package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Arrays;
import java.util.Optional;

/** What an organisation may have so many of and no more. */
public enum Quota {
  LOAD_BALANCERS("loadbalancers", "load balancers"),
  VPCS("vpcs", "VPCs"),
  SUBNETS("subnets", "subnets of its own"),
  RESERVED_IPS("reserved-ips", "reserved IPs");

  private final String word;
  private final String things;

  Quota(String word, String things) {
    this.word = word;
    this.things = things;
  }

  private static long ownSubnets(World world) {
    return world.subnets().stream()
        .filter(it -> Notes.belongs(it, world.organisation().identity()))
        .count();
  }

  public static Optional<Quota> named(String word) {
    return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
  }

  /** The one that an object counts for. */
  public static Optional<Quota> of(HasMetadata object) {
    return switch (object) {
      case LoadBalancer it -> Optional.of(LOAD_BALANCERS);
      case Namespace it -> Optional.of(VPCS);
      case Subnet it -> Optional.of(SUBNETS);
      case AddressClaim it -> Optional.of(RESERVED_IPS);
      default -> Optional.empty();
    };
  }

  /** What clients call it. */
  public String word() {
    return word;
  }

  public String description() {
    return "How many " + things + " an organisation may have";
  }

  public long usage(World world) {
    return switch (this) {
      case LOAD_BALANCERS -> world.loadBalancers().size();
      case VPCS -> world.vpcs().size();
      case SUBNETS -> ownSubnets(world);
      case RESERVED_IPS -> world.reservedIps().size();
    };
  }

  /** Refuses one more than so many. */
  public void check(World world, long most) {
    if (usage(world) >= most) {
      throw Refusal.conflict(
          "quota %s: your organisation may have %d %s, and has them: delete one, or ask for more with POST /v1/quotas/increase-requests"
              .formatted(word, most, things));
    }
  }
}
