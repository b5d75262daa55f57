/** Connecting to targets: when, how many at once, and what the answer means. */
@NullMarked
package cloud.thalassa.lb.healthchecker.probe;

import org.jspecify.annotations.NullMarked;
