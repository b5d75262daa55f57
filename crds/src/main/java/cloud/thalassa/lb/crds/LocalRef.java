package cloud.thalassa.lb.crds;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A reference to an object of a known kind in the namespace of the referring object. */
public record LocalRef(@Required @Size(min = 1, max = 63) String name) {}
