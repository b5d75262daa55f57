package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/**
 * Whose an address is.
 *
 * @param subnet the name of the Subnet from whose pools it was taken
 * @param address in canonical form (RFC 5952)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressClaimSpec(
    @Required String subnet,
    @Required String address,
    @JsonPropertyDescription("Omitted: the address is reserved.") @Nullable Holder loadBalancer,
    @JsonPropertyDescription(
            "Labels of namespaces whose load balancers get the address when they request it; it"
                + " stays reserved when they go. Omitted: reserved for nobody.")
        @Nullable LabelSelector reservedFor) {

  public AddressClaimSpec(String subnet, String address, @Nullable Holder loadBalancer) {
    this(subnet, address, loadBalancer, null);
  }

  /** Without a uid (in a directory) the name alone says which load balancer it is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Holder(@Required String namespace, @Required String name, @Nullable String uid) {}
}
