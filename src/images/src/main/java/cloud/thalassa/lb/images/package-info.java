/** Builds the OCI archives of our programs, without a container engine. */
@NullMarked
package cloud.thalassa.lb.images;

import org.jspecify.annotations.NullMarked;
