/** What single decisions of the dataplane cost. Run by {@code make bench-jmh}. */
@NullMarked
package cloud.thalassa.lb.bench;

import org.jspecify.annotations.NullMarked;
