@NullMarked
package cloud.thalassa.lb.operator;

import org.jspecify.annotations.NullMarked;
