/**
 * The meaning of the product: what one load balancer and its listeners, target groups, pods and
 * grants amount to. Pure: no client, clock, randomness, logger or framework.
 */
@NullMarked
package cloud.thalassa.lb.operator.compile;

import org.jspecify.annotations.NullMarked;
