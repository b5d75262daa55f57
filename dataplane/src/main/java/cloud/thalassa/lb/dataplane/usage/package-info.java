/** What went through listeners, minute by minute, for whoever asks. */
@NullMarked
package cloud.thalassa.lb.dataplane.usage;

import org.jspecify.annotations.NullMarked;
