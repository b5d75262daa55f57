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

/** What one dataplane replica serves of one load balancer. Written by that replica only. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("dataplanereports")
@Singular("dataplanereport")
@ShortNames("dpr")
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".spec.revision", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".spec.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class DataplaneReport extends CustomResource<DataplaneReportSpec, Void>
    implements Namespaced {}
