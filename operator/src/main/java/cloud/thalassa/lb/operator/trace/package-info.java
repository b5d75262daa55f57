/**
 * Each change of a load balancer as a trace: what took how long, from the user's change to the last
 * replica.
 */
@NullMarked
package cloud.thalassa.lb.operator.trace;

import org.jspecify.annotations.NullMarked;
