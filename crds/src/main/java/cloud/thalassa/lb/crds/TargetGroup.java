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

/**
 * Who answers: live pods by selector, addresses by hand, or both; and how they are chosen and
 * probed.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("targetgroups")
@Singular("targetgroup")
@ShortNames("tg")
@Categories("thalassa")
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "metadata.name must have at most 63 characters, because it is the value of a label")
@AdditionalPrinterColumn(name = "Protocol", jsonPath = ".spec.protocol", type = Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".spec.port", type = Type.STRING)
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".spec.policy", type = Type.STRING)
@AdditionalPrinterColumn(name = "Healthy", jsonPath = ".status.targets.summary", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Selector",
    jsonPath = ".spec.selector",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Check",
    jsonPath = ".spec.healthCheck.protocol",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"TargetsHealthy\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class TargetGroup extends CustomResource<TargetGroupSpec, TargetGroupStatus>
    implements Namespaced {}
