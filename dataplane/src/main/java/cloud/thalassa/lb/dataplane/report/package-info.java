/** What this replica tells the others: one DataplaneReport for each load balancer. */
@NullMarked
package cloud.thalassa.lb.dataplane.report;

import org.jspecify.annotations.NullMarked;
