/**
 * What all objects of tenants have in common for which a load balancer is made: names, owners,
 * annotations, and what is to be said of them.
 */
@NullMarked
package cloud.thalassa.lb.operator.front;

import org.jspecify.annotations.NullMarked;
