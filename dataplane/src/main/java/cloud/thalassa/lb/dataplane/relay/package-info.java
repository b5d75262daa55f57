/** What moves bytes between clients and targets, and the words that all its engines share. */
@NullMarked
package cloud.thalassa.lb.dataplane.relay;

import org.jspecify.annotations.NullMarked;
