/** Which sockets listen: what the newest table wants, kept, bound, retried and released. */
@NullMarked
package cloud.thalassa.lb.dataplane.listen;

import org.jspecify.annotations.NullMarked;
