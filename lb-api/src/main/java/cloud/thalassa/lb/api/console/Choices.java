package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.translate.Machines;
import cloud.thalassa.lb.api.translate.ReservedIps;
import cloud.thalassa.lb.api.translate.SecurityGroups;
import cloud.thalassa.lb.api.translate.Subnets;
import cloud.thalassa.lb.api.translate.TargetGroups;
import cloud.thalassa.lb.api.translate.Vpcs;
import cloud.thalassa.lb.api.translate.World;
import cloud.thalassa.lb.api.wire.TargetGroupView;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What forms offer, of what an organisation has. */
final class Choices {
  static final List<Choice> PROTOCOLS = List.of(choice("tcp", "TCP"), choice("udp", "UDP"));

  private Choices() {}

  private static Choice choice(String value, String label) {
    return new Choice(value, label, false);
  }

  /** None of those that follow. */
  static List<Choice> or(String none, List<Choice> choices) {
    return Stream.concat(Stream.of(choice("", none)), choices.stream()).toList();
  }

  static List<Choice> vpcs(World world) {
    return world.vpcs().stream()
        .map(Vpcs::head)
        .map(it -> choice(it.identity(), it.name()))
        .toList();
  }

  static List<Choice> subnets(World world) {
    return world.seats().stream()
        .map(it -> Subnets.view(world, it))
        .map(it -> choice(it.head().identity(), it.head().name() + " in " + it.vpc().name()))
        .toList();
  }

  static List<Choice> securityGroups(World world) {
    return world.securityGroups().stream()
        .map(it -> SecurityGroups.view(world, it))
        .map(it -> choice(it.head().identity(), it.head().name() + " in " + it.vpc().name()))
        .toList();
  }

  /**
   * Those that are free.
   *
   * @param own that the load balancer has already
   */
  static List<Choice> reservedIps(World world, @Nullable String own) {
    return world.reservedIps().stream()
        .map(it -> ReservedIps.view(world, it))
        .filter(it -> it.status().equals("available") || it.head().identity().equals(own))
        .map(it -> choice(it.head().identity(), it.ipv4Address() + " " + it.head().name()))
        .toList();
  }

  /** Those for which it holds. */
  static List<Choice> targetGroups(World world, Predicate<TargetGroupView> which) {
    return world.targetGroups().stream()
        .map(it -> TargetGroups.view(world, it))
        .filter(which)
        .map(
            it ->
                choice(
                    it.head().identity(),
                    "%s (%s %d) in %s"
                        .formatted(
                            it.head().name(),
                            it.protocol().toUpperCase(Locale.ROOT),
                            it.targetPort(),
                            it.vpc().name())))
        .toList();
  }

  static List<Choice> machines(World world) {
    return world.nodes().stream()
        .map(it -> Machines.view(world, it, null))
        .map(
            it ->
                choice(
                    it.head().identity(),
                    it.head().name()
                        + it.interfaces().stream()
                            .flatMap(face -> face.ipAddresses().stream())
                            .findFirst()
                            .map(address -> " " + address)
                            .orElse("")))
        .toList();
  }
}
