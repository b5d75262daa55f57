/** From probe results to a state: rise and fall. Pure. */
@NullMarked
package cloud.thalassa.lb.healthchecker.judge;

import org.jspecify.annotations.NullMarked;
