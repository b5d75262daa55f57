/** The end of this replica's service. */
@NullMarked
package cloud.thalassa.lb.dataplane.drain;

import org.jspecify.annotations.NullMarked;
