package cloud.thalassa.lb.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Rules about clients, which any number of load balancers of its namespace attach. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("securitygroups")
@Singular("securitygroup")
@ShortNames("sg")
@Categories("thalassa")
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "metadata.name must have at most 63 characters, as many as a reference to it")
@AdditionalPrinterColumn(name = "Rules", jsonPath = ".status.rules", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "LoadBalancers",
    jsonPath = ".status.loadBalancers.total",
    type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "UsedBy",
    jsonPath = ".status.loadBalancers.names",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Effective",
    jsonPath = ".status.conditions[?(@.type==\"RulesEffective\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class SecurityGroup extends CustomResource<SecurityGroupSpec, SecurityGroupStatus>
    implements Namespaced {}
