/** One line of JSON for each connection or flow that ended, for whoever asks for it. */
@NullMarked
package cloud.thalassa.lb.dataplane.flowlog;

import org.jspecify.annotations.NullMarked;
