package cloud.thalassa.lb.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A protocol and port of a load balancer, and the target group that answers there. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("listeners")
@Singular("listener")
@ShortNames("lbl")
@Categories("thalassa")
@AdditionalPrinterColumn(
    name = "LoadBalancer",
    jsonPath = ".spec.loadBalancerRef.name",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "Protocol", jsonPath = ".spec.protocol", type = Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".spec.port", type = Type.INTEGER)
@AdditionalPrinterColumn(
    name = "TargetGroup",
    jsonPath = ".spec.targetGroupRef.name",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(
    name = "MaxConnections",
    jsonPath = ".spec.maxConnections",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "IdleTimeout",
    jsonPath = ".spec.idleTimeoutSeconds",
    type = Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class Listener extends CustomResource<ListenerSpec, ListenerStatus> implements Namespaced {}
