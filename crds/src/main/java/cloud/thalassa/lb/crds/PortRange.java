package cloud.thalassa.lb.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Ports of listeners, both ends included. */
@ValidationRule(
    value = "self.from <= self.to",
    message = "ports: the last port (to) must not be smaller than the first (from)")
public record PortRange(
    @Required @Min(1) @Max(65535) Integer from, @Required @Min(1) @Max(65535) Integer to) {}
