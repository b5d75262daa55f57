package cloud.thalassa.lb.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Says whose an address of a Subnet is, for as long as it exists. Its name is the address, so that
 * no address can be taken twice. The operator writes it; a reservation is made, described and given
 * up by whoever runs the platform or by lb-api, and the operator writes who has the address.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("addressclaims")
@Singular("addressclaim")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".spec.address", type = Type.STRING)
@AdditionalPrinterColumn(name = "Subnet", jsonPath = ".spec.subnet", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Namespace",
    jsonPath = ".spec.loadBalancer.namespace",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "LoadBalancer",
    jsonPath = ".spec.loadBalancer.name",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class AddressClaim extends CustomResource<AddressClaimSpec, Void> {}
