/** Addresses and networks, as the API server understands them. */
@NullMarked
package cloud.thalassa.lb.crds.address;

import org.jspecify.annotations.NullMarked;
