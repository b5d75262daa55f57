package cloud.thalassa.lb.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Which replicas of load balancers one health checker finds dead: normally none. It lies in the
 * namespace of the health checker, under its name, and is written by it only.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("replicareports")
@Singular("replicareport")
@ShortNames("rr")
@AdditionalPrinterColumn(name = "Dead", jsonPath = ".spec.dead[*].pod", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Objections",
    jsonPath = ".spec.alive[*].pod",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class ReplicaReport extends CustomResource<ReplicaReportSpec, Void> implements Namespaced {}
