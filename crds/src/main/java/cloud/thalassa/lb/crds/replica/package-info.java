/** What a replica of a load balancer answers on its management port. */
@NullMarked
package cloud.thalassa.lb.crds.replica;

import org.jspecify.annotations.NullMarked;
