/** Which checker has which target group, and which may write. Pure: time comes in as arguments. */
@NullMarked
package cloud.thalassa.lb.healthchecker.assign;

import org.jspecify.annotations.NullMarked;
