/** What flows, as people read it. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.top;

import org.jspecify.annotations.NullMarked;
