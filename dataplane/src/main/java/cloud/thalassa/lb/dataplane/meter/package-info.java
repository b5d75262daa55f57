/** The metrics of the dataplane. Looked up once per listener or pool, never per byte. */
@NullMarked
package cloud.thalassa.lb.dataplane.meter;

import org.jspecify.annotations.NullMarked;
