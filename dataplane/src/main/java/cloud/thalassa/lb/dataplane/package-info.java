@NullMarked
package cloud.thalassa.lb.dataplane;

import org.jspecify.annotations.NullMarked;
