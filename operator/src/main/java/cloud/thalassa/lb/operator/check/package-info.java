/** What an API server would say about a manifest, said without one: with file, line and column. */
@NullMarked
package cloud.thalassa.lb.operator.check;

import org.jspecify.annotations.NullMarked;
