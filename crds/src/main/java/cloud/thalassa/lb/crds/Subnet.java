package cloud.thalassa.lb.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** How load balancers get their addresses. Written by whoever runs the platform. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("subnets")
@Singular("subnet")
@Categories("thalassa")
@AdditionalPrinterColumn(name = "Scheme", jsonPath = ".spec.scheme", type = Type.STRING)
@AdditionalPrinterColumn(name = "Default", jsonPath = ".spec.default", type = Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Allocated", jsonPath = ".status.allocated", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Available", jsonPath = ".status.available", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "LoadBalancers",
    jsonPath = ".status.loadBalancers",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class Subnet extends CustomResource<SubnetSpec, SubnetStatus> {}
