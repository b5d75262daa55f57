/** PostgreSQL as {@code bin/thalassa-lb-database} starts it. */
@NullMarked
package cloud.thalassa.lb.postgres;

import org.jspecify.annotations.NullMarked;
