/** Where documents come from: a cluster or a directory. */
@NullMarked
package cloud.thalassa.lb.dataplane.follow;

import org.jspecify.annotations.NullMarked;
