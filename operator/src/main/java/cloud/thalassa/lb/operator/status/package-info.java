/** What users read in the status of their objects, as a function of what is known. Pure. */
@NullMarked
package cloud.thalassa.lb.operator.status;

import org.jspecify.annotations.NullMarked;
