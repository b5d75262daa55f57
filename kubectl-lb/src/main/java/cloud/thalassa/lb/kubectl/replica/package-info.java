/** Replicas, asked through the API server. */
@NullMarked
package cloud.thalassa.lb.kubectl.replica;

import org.jspecify.annotations.NullMarked;
