/** Gathers everything that a decision about one load balancer needs, before the decision. */
@NullMarked
package cloud.thalassa.lb.operator.observe;

import org.jspecify.annotations.NullMarked;
