/** What a replica says of a connection, for people. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.explain;

import org.jspecify.annotations.NullMarked;
