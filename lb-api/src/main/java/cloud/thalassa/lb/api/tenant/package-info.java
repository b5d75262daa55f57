/** Organisations, who belongs to them, and their tokens; in PostgreSQL. */
@NullMarked
package cloud.thalassa.lb.api.tenant;

import org.jspecify.annotations.NullMarked;
