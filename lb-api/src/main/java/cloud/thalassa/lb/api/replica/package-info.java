/** The replicas of load balancers, which are asked what only they know. */
@NullMarked
package cloud.thalassa.lb.api.replica;

import org.jspecify.annotations.NullMarked;
