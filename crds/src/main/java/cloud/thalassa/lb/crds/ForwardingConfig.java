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

/** The compiled document of one load balancer, under its name. Written by the operator only. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("forwardingconfigs")
@Singular("forwardingconfig")
@ShortNames("fc")
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".spec.revision", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class ForwardingConfig extends CustomResource<ForwardingConfigSpec, Void>
    implements Namespaced {}
