/** What would become of load balancers if objects were written. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.diff;

import org.jspecify.annotations.NullMarked;
