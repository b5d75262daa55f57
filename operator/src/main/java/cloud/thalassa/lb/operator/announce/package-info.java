/** Tells users through Events what changed for the worse or the better about their objects. */
@NullMarked
package cloud.thalassa.lb.operator.announce;

import org.jspecify.annotations.NullMarked;
