/** Values as people read them. Pure. */
@NullMarked
package cloud.thalassa.lb.kubectl.text;

import org.jspecify.annotations.NullMarked;
