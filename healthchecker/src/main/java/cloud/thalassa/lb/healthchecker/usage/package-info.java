/** What load balancers relayed: asked of their replicas, told to the history. */
@NullMarked
package cloud.thalassa.lb.healthchecker.usage;

import org.jspecify.annotations.NullMarked;
