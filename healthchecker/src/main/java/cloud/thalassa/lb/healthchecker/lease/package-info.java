/** The Lease that each checker keeps, and what it learns from the others'. */
@NullMarked
package cloud.thalassa.lb.healthchecker.lease;

import org.jspecify.annotations.NullMarked;
