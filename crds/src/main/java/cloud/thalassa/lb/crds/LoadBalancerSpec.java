package cloud.thalassa.lb.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.addresses) || size(self.addresses) < 2 || self.ipFamilyPolicy != 'SingleStack'",
    message = "addresses: two addresses need ipFamilyPolicy PreferDualStack or RequireDualStack")
public record LoadBalancerSpec(
    @Default("External")
        @ValidationRule(
            value = "self == oldSelf",
            message = "scheme is immutable: create another LoadBalancer for the other scheme")
        Scheme scheme,
    @JsonPropertyDescription("Omitted: the default Subnet of the scheme, if there is one.")
        @Nullable SubnetRef subnetRef,
    @JsonPropertyDescription("Requested addresses, at most one per family. Omitted: allocated.")
        @Size(max = 2)
        @ValidationRule(
            value = "self.all(a, isIP(a))",
            message =
                "addresses: every entry must be one IPv4 or IPv6 address, such as 203.0.113.10")
        @ValidationRule(
            value =
                "size(self) < 2 || !self.all(a, isIP(a)) || ip(self[0]).family() !="
                    + " ip(self[1]).family()",
            message = "addresses: at most one IPv4 and one IPv6 address")
        List<@Size(max = 45) String> addresses,
    @Default("SingleStack") IpFamilyPolicy ipFamilyPolicy,
    @Default("2") @Min(1) @Max(32) Integer replicas,
    @JsonPropertyDescription(
            "SecurityGroups of this namespace. With at least one, a connection needs a rule that"
                + " allows it.")
        @Size(max = 16)
        List<LocalRef> securityGroupRefs,
    @JsonPropertyDescription(
            "Deleting it, its namespace, its Service or its Deployment is refused.")
        @Default("false")
        Boolean deletionProtection,
    @Nullable Dataplane dataplane) {

  public LoadBalancerSpec {
    scheme = scheme == null ? Scheme.EXTERNAL : scheme;
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
    ipFamilyPolicy = ipFamilyPolicy == null ? IpFamilyPolicy.SINGLE_STACK : ipFamilyPolicy;
    replicas = replicas == null ? 2 : replicas;
    securityGroupRefs = securityGroupRefs == null ? List.of() : List.copyOf(securityGroupRefs);
    deletionProtection = deletionProtection != null && deletionProtection;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Dataplane(@Nullable ResourceRequirements resources) {}
}
