/** What this replica forwards: one immutable table, made from documents. */
@NullMarked
package cloud.thalassa.lb.dataplane.table;

import org.jspecify.annotations.NullMarked;
