/** What is asked of a cluster, with the rights of whoever asks. */
@NullMarked
package cloud.thalassa.lb.kubectl.cluster;

import org.jspecify.annotations.NullMarked;
