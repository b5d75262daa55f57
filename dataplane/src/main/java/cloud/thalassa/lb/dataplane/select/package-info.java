/** Which target takes a new connection. */
@NullMarked
package cloud.thalassa.lb.dataplane.select;

import org.jspecify.annotations.NullMarked;
