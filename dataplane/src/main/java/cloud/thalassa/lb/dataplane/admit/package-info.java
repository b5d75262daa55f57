/** Who may connect. */
@NullMarked
package cloud.thalassa.lb.dataplane.admit;

import org.jspecify.annotations.NullMarked;
