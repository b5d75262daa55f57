/** {@code kubectl lb}: what a load balancer is and does, for people at a terminal. */
@NullMarked
package cloud.thalassa.lb.kubectl;

import org.jspecify.annotations.NullMarked;
