package cloud.thalassa.lb.api.translate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import cloud.thalassa.lb.api.wire.Ref;
import cloud.thalassa.lb.api.wire.VpcRef;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.ObjectRef;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one organisation can see, at one moment. What is not in here does not exist for
 * it: neither other organisations' objects nor what namespaces of others refer to.
 */
public final class World {
  private final Ref organisation;
  private final Ref region;
  private final Map<String, Namespace> vpcs;
  private final List<Subnet> subnets;
  private final Map<Key, List<Listener>> byLoadBalancer;
  private final Map<Key, List<Listener>> byTargetGroup;
  private final Registers registers;
  private final Map<Key, LoadBalancer> loadBalancers;
  private final Map<Key, TargetGroup> targetGroups;
  private final Map<Key, SecurityGroup> securityGroups;

  /** The objects of the organisation and its namespaces, and the nodes of the cluster. */
  public record Objects(
      List<LoadBalancer> loadBalancers,
      List<Listener> listeners,
      List<TargetGroup> targetGroups,
      List<SecurityGroup> securityGroups,
      List<AddressClaim> reservedIps,
      List<Node> nodes) {}

  private record Key(String namespace, String name) {
    static Key of(HasMetadata object) {
      return new Key(object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    static Key of(Listener from, ObjectRef to) {
      return new Key(
          to.namespace() == null ? from.getMetadata().getNamespace() : to.namespace(), to.name());
    }
  }

  public World(
      Ref organisation,
      Ref region,
      List<Namespace> namespaces,
      List<Subnet> subnets,
      Objects objects) {
    this(organisation, region, namespaces, subnets, objects, Registers.of(objects));
  }

  private World(
      Ref organisation,
      Ref region,
      List<Namespace> namespaces,
      List<Subnet> subnets,
      Objects objects,
      Registers registers) {
    this.organisation = organisation;
    this.region = region;
    this.vpcs =
        Register.sorted(namespaces).stream()
            .collect(
                Collectors.toMap(
                    it -> it.getMetadata().getName(),
                    Function.identity(),
                    (a, b) -> a,
                    LinkedHashMap::new));
    this.subnets = Register.sorted(subnets);
    this.byLoadBalancer =
        objects.listeners.stream()
            .collect(groupingBy(it -> Key.of(it, it.getSpec().loadBalancerRef())));
    this.byTargetGroup =
        objects.listeners.stream()
            .flatMap(World::uses)
            .collect(
                groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, Collectors.toList())));
    this.registers = registers;
    this.loadBalancers = index(objects.loadBalancers);
    this.targetGroups = index(objects.targetGroups);
    this.securityGroups = index(objects.securityGroups);
  }

  /** A later one, which costs less where the same objects are there as here. */
  public World next(
      Ref organisation,
      Ref region,
      List<Namespace> namespaces,
      List<Subnet> subnets,
      Objects objects) {
    return new World(organisation, region, namespaces, subnets, objects, registers.next(objects));
  }

  private static Stream<Map.Entry<Key, Listener>> uses(Listener listener) {
    return listener.getSpec().shares().stream()
        .map(share -> Key.of(listener, share.ref()))
        .distinct()
        .map(key -> Map.entry(key, listener));
  }

  private static <T extends HasMetadata> Map<Key, T> index(List<T> objects) {
    return objects.stream().collect(Collectors.toMap(Key::of, Function.identity()));
  }

  public Ref organisation() {
    return organisation;
  }

  public Ref region() {
    return region;
  }

  public List<Namespace> vpcs() {
    return List.copyOf(vpcs.values());
  }

  public List<LoadBalancer> loadBalancers() {
    return registers.loadBalancers().list();
  }

  public List<TargetGroup> targetGroups() {
    return registers.targetGroups().list();
  }

  public List<SecurityGroup> securityGroups() {
    return registers.securityGroups().list();
  }

  public List<AddressClaim> reservedIps() {
    return registers.reservedIps().list();
  }

  List<Subnet> subnets() {
    return subnets;
  }

  public List<Node> nodes() {
    return registers.nodes().list();
  }

  public List<Listener> listeners(LoadBalancer of) {
    return Register.sorted(byLoadBalancer.getOrDefault(Key.of(of), List.of()));
  }

  /** Those of load balancers that exist and are not about to go. */
  public List<Listener> listeners(TargetGroup of) {
    return Register.sorted(byTargetGroup.getOrDefault(Key.of(of), List.of())).stream()
        .filter(it -> loadBalancer(it).isPresent())
        .toList();
  }

  private Optional<LoadBalancer> loadBalancer(Listener of) {
    return Optional.ofNullable(loadBalancers.get(Key.of(of, of.getSpec().loadBalancerRef())))
        .filter(it -> it.getMetadata().getDeletionTimestamp() == null);
  }

  /** All that share the connections of a listener, as far as they can be seen. */
  public List<TargetGroup> targetGroups(Listener of) {
    return of.getSpec().shares().stream()
        .flatMap(share -> Stream.ofNullable(targetGroups.get(Key.of(of, share.ref()))))
        .distinct()
        .toList();
  }

  Optional<TargetGroup> targetGroup(Listener of) {
    return Optional.ofNullable(
        targetGroups.get(Key.of(of, of.getSpec().shares().getFirst().ref())));
  }

  Optional<SecurityGroup> securityGroup(String namespace, String name) {
    return Optional.ofNullable(securityGroups.get(new Key(namespace, name)));
  }

  public LoadBalancer loadBalancer(String identity) {
    return registers
        .loadBalancers()
        .find(identity)
        .orElseThrow(() -> Refusal.notFound("load balancer", identity));
  }

  public Listener listener(LoadBalancer of, String identity) {
    return find(listeners(of), identity).orElseThrow(() -> Refusal.notFound("listener", identity));
  }

  public TargetGroup targetGroup(String identity) {
    return registers
        .targetGroups()
        .find(identity)
        .orElseThrow(() -> Refusal.notFound("target group", identity));
  }

  public SecurityGroup securityGroup(String identity) {
    return registers
        .securityGroups()
        .find(identity)
        .orElseThrow(() -> Refusal.notFound("security group", identity));
  }

  public AddressClaim reservedIp(String identity) {
    return registers
        .reservedIps()
        .find(identity)
        .orElseThrow(() -> Refusal.notFound("reserved IP", identity));
  }

  /** The reserved IP that a load balancer requests. */
  Optional<AddressClaim> reservedIp(LoadBalancer of) {
    var requested = of.getSpec().addresses();
    return reservedIps().stream()
        .filter(it -> requested.contains(it.getSpec().address()))
        .findFirst();
  }

  /** The load balancer that has a reserved IP, or gets it: of those that request it the oldest. */
  public Optional<LoadBalancer> holder(AddressClaim of) {
    return loadBalancers().stream()
        .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
        .filter(it -> it.getSpec().addresses().contains(of.getSpec().address()))
        .findFirst();
  }

  public Optional<Namespace> findVpc(String identity) {
    return vpcs.values().stream()
        .filter(
            it -> Identity.of(it).equals(identity) || it.getMetadata().getName().equals(identity))
        .findFirst();
  }

  public Namespace vpc(String identity) {
    return findVpc(identity).orElseThrow(() -> Refusal.notFound("VPC", identity));
  }

  public Optional<Node> findNode(String identity) {
    return nodes().stream()
        .filter(
            it -> Identity.of(it).equals(identity) || it.getMetadata().getName().equals(identity))
        .findFirst();
  }

  /** The VPC of an object. */
  VpcRef vpcOf(HasMetadata object) {
    return Vpcs.ref(this, namespace(object));
  }

  Namespace namespace(HasMetadata object) {
    var name = object.getMetadata().getNamespace();
    var namespace = vpcs.get(name);
    if (namespace == null) {
      throw new IllegalStateException("namespace " + name + " is not in this world");
    }
    return namespace;
  }

  static <T extends HasMetadata> Optional<T> find(List<T> objects, String identity) {
    return objects.stream()
        .filter(it -> Identity.of(it).equals(identity))
        .findFirst()
        .or(() -> objects.stream().filter(it -> Identity.slug(it).equals(identity)).findFirst());
  }

  /** The subnets of a VPC. */
  public List<Seat> seats(Namespace vpc) {
    var labels = vpc.getMetadata().getLabels();
    var open =
        subnets.stream()
            .filter(it -> Selectors.matches(it.getSpec().allowedNamespaces(), labels))
            .toList();
    var seats = open.stream().map(it -> new Seat(vpc, it));
    return open.stream().anyMatch(Subnets::takesThoseThatNameNone)
        ? seats.toList()
        : Stream.concat(seats, Stream.of(new Seat(vpc, null))).toList();
  }

  public List<Seat> seats() {
    return vpcs.values().stream().flatMap(vpc -> seats(vpc).stream()).toList();
  }

  public Optional<Seat> findSeat(String identity) {
    return vpcs.values().stream()
        .flatMap(vpc -> Stream.concat(seats(vpc).stream(), Stream.of(new Seat(vpc, null))))
        .filter(it -> it.is(identity))
        .findFirst();
  }

  public Seat seat(String identity) {
    return findSeat(identity).orElseThrow(() -> Refusal.notFound("subnet", identity));
  }

  /** The subnet of that name, or what those are on that are on none. */
  Seat seat(Namespace vpc, @Nullable String name) {
    return new Seat(
        vpc,
        subnets.stream()
            .filter(it -> it.getMetadata().getName().equals(name))
            .findFirst()
            .orElse(null));
  }
}
