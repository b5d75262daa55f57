package cloud.thalassa.lb.operator.allocate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Scheme;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.operator.compile.ConditionType;
import cloud.thalassa.lb.operator.compile.Reason;
import cloud.thalassa.lb.operator.compile.Selector;
import cloud.thalassa.lb.operator.compile.Verdict.Problem;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Subnet that a load balancer is meant to be on: the one that it names, else the one whose
 * address it has, else the default one of its scheme. So a new default moves nobody.
 *
 * @param name null: none
 * @param subnet null: none, or it does not exist
 * @param problem why it cannot be on it; null: it can
 */
record Choice(@Nullable String name, @Nullable Subnet subnet, @Nullable Problem problem) {
  static Choice of(
      LoadBalancer lb,
      Collection<AddressClaim> claims,
      Collection<Subnet> subnets,
      @Nullable Map<String, String> namespaceLabels) {
    var named = named(lb, claims);
    if (named != null) {
      var subnet = find(subnets, named);
      return subnet == null
          ? new Choice(named, null, notFound(lb, named))
          : new Choice(named, subnet, problem(lb, subnet, namespaceLabels));
    }
    if (hasAddress(lb)) {
      return new Choice(null, null, null);
    }
    return subnets.stream()
        .filter(it -> it.getSpec().byDefault() && it.getSpec().scheme() == lb.getSpec().scheme())
        .min(SubnetRules.OLDEST_FIRST)
        .map(it -> new Choice(name(it), it, problem(lb, it, namespaceLabels)))
        .orElseGet(() -> new Choice(null, null, null));
  }

  /** By what load balancers are found for a Subnet: its name, or {@link #byDefault}. */
  static String key(LoadBalancer lb) {
    var named = named(lb, List.of());
    return named == null ? byDefault(lb.getSpec().scheme()) : named;
  }

  /** No Subnet has such a name. */
  static String byDefault(Scheme scheme) {
    return "default/" + scheme;
  }

  private static @Nullable String named(LoadBalancer lb, Collection<AddressClaim> claims) {
    var ref = lb.getSpec().subnetRef();
    if (ref != null) {
      return ref.name();
    }
    return claims.stream()
        .map(claim -> claim.getSpec().subnet())
        .min(Comparator.naturalOrder())
        .orElse(hasAddress(lb) ? lb.getStatus().subnet() : null);
  }

  static boolean hasAddress(LoadBalancer lb) {
    return lb.getStatus() != null && !lb.getStatus().addresses().isEmpty();
  }

  static @Nullable Subnet find(Collection<Subnet> subnets, String name) {
    return subnets.stream().filter(it -> name(it).equals(name)).findFirst().orElse(null);
  }

  private static Problem notFound(LoadBalancer lb, String name) {
    return new Problem(
        ConditionType.ACCEPTED,
        Reason.SUBNET_NOT_FOUND,
        lb.getSpec().subnetRef() == null
            ? "subnetRef: Subnet %s, which gave the address, is gone: have it created again, or name another one."
                .formatted(name)
            : "subnetRef: there is no Subnet %s: correct the reference, or have it created."
                .formatted(name));
  }

  private static @Nullable Problem problem(
      LoadBalancer lb, Subnet subnet, @Nullable Map<String, String> namespaceLabels) {
    var scheme = lb.getSpec().scheme();
    if (scheme != subnet.getSpec().scheme()) {
      return notAllowed(
          "Subnet %s serves %s load balancers, and this one is %s: name a Subnet with scheme %s."
              .formatted(
                  name(subnet), word(subnet.getSpec().scheme()), word(scheme), word(scheme)));
    }
    return admits(subnet.getSpec().allowedNamespaces(), namespaceLabels)
        ? null
        : notAllowed(
            "Subnet %s is not open to namespace %s, whose labels its allowedNamespaces do not match: name another Subnet, or ask for access."
                .formatted(name(subnet), lb.getMetadata().getNamespace()));
  }

  /** As everywhere in Kubernetes, an empty selector admits all namespaces. */
  private static boolean admits(
      @Nullable LabelSelector allowed, @Nullable Map<String, String> labels) {
    if (allowed == null || labels == null) {
      return true;
    }
    boolean empty =
        (allowed.getMatchLabels() == null || allowed.getMatchLabels().isEmpty())
            && allowed.getMatchExpressions().isEmpty();
    return empty || Selector.matches(allowed, labels);
  }

  private static Problem notAllowed(String sentence) {
    return new Problem(ConditionType.ACCEPTED, Reason.SUBNET_NOT_ALLOWED, "subnetRef: " + sentence);
  }

  private static String word(Scheme scheme) {
    return scheme == Scheme.EXTERNAL ? "External" : "Internal";
  }

  private static String name(Subnet subnet) {
    return subnet.getMetadata().getName();
  }
}
