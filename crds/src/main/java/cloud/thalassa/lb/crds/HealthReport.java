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
 * Observed health of the targets of one EndpointSlice, under its name. Written by health checkers
 * only.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("healthreports")
@Singular("healthreport")
@ShortNames("hr")
@AdditionalPrinterColumn(name = "Healthy", jsonPath = ".spec.summary", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Reporter",
    jsonPath = ".spec.reporter",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class HealthReport extends CustomResource<HealthReportSpec, Void> implements Namespaced {}
