/** What load balancers are, said of the objects that were read. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.view;

import org.jspecify.annotations.NullMarked;
