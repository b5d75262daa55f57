/** What programs tell of load balancers, for the history: forms, and the way out to a broker. */
@NullMarked
package cloud.thalassa.lb.crds.event;

import org.jspecify.annotations.NullMarked;
