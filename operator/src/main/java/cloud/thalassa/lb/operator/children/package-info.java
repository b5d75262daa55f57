/**
 * Pure: what a load balancer needs in its tenant's namespace besides its documents, as values.
 * Owner references are added where things are applied.
 */
@NullMarked
package cloud.thalassa.lb.operator.children;

import org.jspecify.annotations.NullMarked;
