package cloud.thalassa.lb.crds;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A reference to a Subnet, which has no namespace. */
public record SubnetRef(@Required @Size(min = 1, max = 253) String name) {}
