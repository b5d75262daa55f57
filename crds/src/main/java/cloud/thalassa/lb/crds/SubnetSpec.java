package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With neither {@code service} nor {@code addressPools}, an internal load balancer gets a Service
 * of type ClusterIP, and an external one of type LoadBalancer.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.addressPools) || size(self.addressPools) == 0 || !has(self.service) ||"
            + " !has(self.service.type) || self.service.type == 'LoadBalancer'",
    message =
        "addressPools: addresses of pools need a Service of type LoadBalancer: leave service.type"
            + " out, or remove addressPools")
public record SubnetSpec(
    @JsonPropertyDescription("Which load balancers it serves.")
        @Default("External")
        @ValidationRule(
            value = "self == oldSelf",
            message = "scheme is immutable: create another Subnet for the other scheme")
        Scheme scheme,
    @JsonPropertyDescription("Used by load balancers of this scheme that name no Subnet.")
        @JsonProperty("default")
        @Default("false")
        Boolean byDefault,
    @JsonPropertyDescription("What the cluster's own provider needs.") @Nullable Service service,
    @JsonPropertyDescription(
            "Addresses that are allocated to load balancers: networks, such as 203.0.113.0/28, and"
                + " ranges, such as 198.51.100.10-198.51.100.20.")
        @Size(max = 64)
        List<@Size(max = 91) String> addressPools,
    @JsonPropertyDescription(
            "Labels of the namespaces whose load balancers may use it. Omitted: all.")
        @Nullable LabelSelector allowedNamespaces,
    @JsonPropertyDescription("Replicas run in these zones only. Omitted: in all.") @Size(max = 32)
        List<@Size(min = 1, max = 63) String> zones) {

  public SubnetSpec {
    scheme = scheme == null ? Scheme.EXTERNAL : scheme;
    byDefault = byDefault != null && byDefault;
    addressPools = addressPools == null ? List.of() : List.copyOf(addressPools);
    zones = zones == null ? List.of() : List.copyOf(zones);
  }

  /** Of the Service that holds the address of a load balancer. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "!has(self.loadBalancerClass) || !has(self.type) || self.type == 'LoadBalancer'",
      message =
          "loadBalancerClass: only a Service of type LoadBalancer has one: remove it, or use that"
              + " type")
  public record Service(
      @JsonPropertyDescription(
              "Omitted: LoadBalancer for External and for addressPools, ClusterIP for Internal.")
          @Nullable ServiceType type,
      @JsonPropertyDescription(
              "With addressPools: that provider announces the addresses that we allocate.")
          @Size(min = 1, max = 317)
          @Nullable String loadBalancerClass,
      Map<String, String> annotations,
      @JsonPropertyDescription(
              "Local keeps the clients' addresses. Cluster lets nodes without a replica take"
                  + " connections, which then come from the address of the node. Default Local.")
          @Nullable ExternalTrafficPolicy externalTrafficPolicy) {
    public Service {
      annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
  }

  /** As {@code Service.spec.type}. */
  public enum ServiceType {
    @JsonProperty("ClusterIP")
    CLUSTER_IP,
    @JsonProperty("LoadBalancer")
    LOAD_BALANCER,
    @JsonProperty("NodePort")
    NODE_PORT
  }

  /** As {@code Service.spec.externalTrafficPolicy}. */
  public enum ExternalTrafficPolicy {
    @JsonProperty("Local")
    LOCAL,
    @JsonProperty("Cluster")
    CLUSTER
  }
}
