package cloud.thalassa.lb.operator.front;

import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.SubnetRef;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a load balancer is. What nobody can read leaves it where it was. */
public record Place(
    Scheme scheme, @Nullable SubnetRef subnet, List<String> addresses, IpFamilyPolicy families) {
  /**
   * What fields ask for.
   *
   * @param field where the addresses stand
   */
  public record Asked(String field, List<String> addresses, IpFamilyPolicy families) {
    public Asked {
      addresses = List.copyOf(addresses);
    }
  }

  private static final Pattern SUBNET = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /**
   * What annotations and fields say.
   *
   * @param current the load balancer that was made; null: there is none yet
   */
  public static Place of(
      Asked asked, Annotations annotations, Remarks remarks, @Nullable LoadBalancer current) {
    var before = current == null ? null : current.getSpec();
    return new Place(
        scheme(annotations, remarks, before),
        subnet(annotations, remarks, before),
        addresses(asked, annotations, remarks, before),
        asked.families);
  }

  private static Scheme scheme(
      Annotations annotations, Remarks remarks, @Nullable LoadBalancerSpec before) {
    var internal = annotations.flag(Annotation.INTERNAL, "");
    var named = named(annotations, remarks);
    boolean clear =
        said(Annotation.INTERNAL, internal, annotations)
            && said(Annotation.SCHEME, named, annotations);
    if (internal != null && named != null && internal != (named == Scheme.INTERNAL)) {
      remarks.unclear(
          Annotation.SCHEME,
          "scheme: %s contradicts internal: %s: remove one of the two"
              .formatted(wire(named), internal),
          "");
      clear = false;
    }
    boolean inside = named == Scheme.INTERNAL || Boolean.TRUE.equals(internal);
    var wanted = inside ? Scheme.INTERNAL : Scheme.EXTERNAL;
    if (before != null && clear && before.scheme() != wanted) {
      remarks.setting(
          "scheme, internal: whether a load balancer is %s is decided when it is made, and this one is %s: make another Service."
              .formatted(wire(wanted), wire(before.scheme())));
    }
    return before == null ? wanted : before.scheme();
  }

  /** Whether somebody knows what an annotation says, if it says anything. */
  private static boolean said(
      Annotation annotation, @Nullable Object read, Annotations annotations) {
    return read != null || annotations.text(annotation) == null;
  }

  private static @Nullable Scheme named(Annotations annotations, Remarks remarks) {
    var text = annotations.text(Annotation.SCHEME);
    if (text == null) {
      return null;
    }
    var named =
        Arrays.stream(Scheme.values()).filter(it -> wire(it).equalsIgnoreCase(text)).findFirst();
    if (named.isEmpty()) {
      remarks.unclear(
          Annotation.SCHEME, "scheme: \"%s\" must be External or Internal".formatted(text), "");
    }
    return named.orElse(null);
  }

  private static String wire(Scheme scheme) {
    return scheme == Scheme.INTERNAL ? "Internal" : "External";
  }

  private static @Nullable SubnetRef subnet(
      Annotations annotations, Remarks remarks, @Nullable LoadBalancerSpec before) {
    var name = annotations.text(Annotation.SUBNET);
    if (name == null || SUBNET.matcher(name).matches()) {
      return name == null ? null : new SubnetRef(name);
    }
    remarks.unclear(
        Annotation.SUBNET,
        "subnet: \"%s\" must be the name of a Subnet (kubectl get subnets)".formatted(name),
        "");
    return before == null ? null : before.subnetRef();
  }

  private static List<String> addresses(
      Asked asked, Annotations annotations, Remarks remarks, @Nullable LoadBalancerSpec before) {
    var reserved = Objects.requireNonNullElse(annotations.text(Annotation.RESERVED_IP), "");
    var texts =
        Stream.concat(Stream.of(reserved.split(",")), asked.addresses.stream())
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    var addresses = new ArrayList<IpAddress>();
    for (var text : texts) {
      var address = IpAddress.parse(text);
      if (address != null) {
        addresses.add(address);
      }
    }
    var problem = problem(texts, addresses, asked);
    if (problem == null) {
      return addresses.stream().map(IpAddress::text).toList();
    }
    remarks.unclear(Annotation.RESERVED_IP, problem, "");
    return before == null ? List.of() : before.addresses();
  }

  private static @Nullable String problem(
      List<String> texts, List<IpAddress> addresses, Asked asked) {
    if (addresses.size() < texts.size()) {
      return "reserved-ip, %s: %s must be an IP address, such as 203.0.113.10"
          .formatted(asked.field, String.join(", ", texts));
    }
    long v6 = addresses.stream().filter(IpAddress::v6).count();
    if (v6 > 1 || addresses.size() - v6 > 1) {
      return "reserved-ip, %s: %s are more than one address of a family"
          .formatted(asked.field, String.join(", ", texts));
    }
    return addresses.size() == 2 && asked.families == IpFamilyPolicy.SINGLE_STACK
        ? "reserved-ip, %s: two addresses need ipFamilyPolicy PreferDualStack or RequireDualStack"
            .formatted(asked.field)
        : null;
  }
}
