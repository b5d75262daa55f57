/** Which Events belong to a load balancer. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.events;

import org.jspecify.annotations.NullMarked;
