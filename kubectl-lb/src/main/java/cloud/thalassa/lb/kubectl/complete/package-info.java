/** What may stand next on a command line. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.complete;

import org.jspecify.annotations.NullMarked;
