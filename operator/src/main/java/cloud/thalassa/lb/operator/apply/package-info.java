/**
 * Makes the cluster hold what was decided: writes by server-side apply what differs, removes what
 * is no longer wanted, and nothing else.
 */
@NullMarked
package cloud.thalassa.lb.operator.apply;

import org.jspecify.annotations.NullMarked;
