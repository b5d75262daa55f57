/** What would become of a connection, and why: asked by people, answered from the table. */
@NullMarked
package cloud.thalassa.lb.dataplane.explain;

import org.jspecify.annotations.NullMarked;
