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

/** An address that stays, and the replicas that serve it. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("loadbalancers")
@Singular("loadbalancer")
@ShortNames("lb")
@Categories("thalassa")
@ValidationRule(
    value =
        "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <="
            + " 52",
    message =
        "metadata.name must be a DNS label that begins with a letter (lower case letters, digits"
            + " and -) of at most 52 characters, because Services and pods are named after it")
@AdditionalPrinterColumn(name = "Scheme", jsonPath = ".spec.scheme", type = Type.STRING)
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.addresses[0].ip", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Listeners",
    jsonPath = ".status.listeners.summary",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Subnet",
    jsonPath = ".status.subnet",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.replicas.ready",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class LoadBalancer extends CustomResource<LoadBalancerSpec, LoadBalancerStatus>
    implements Namespaced {}
