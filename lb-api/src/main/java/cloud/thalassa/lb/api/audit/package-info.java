/** Who changed what, and who was not let in; in PostgreSQL, for a while. */
@NullMarked
package cloud.thalassa.lb.api.audit;

import org.jspecify.annotations.NullMarked;
