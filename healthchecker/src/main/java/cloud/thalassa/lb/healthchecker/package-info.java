@NullMarked
package cloud.thalassa.lb.healthchecker;

import org.jspecify.annotations.NullMarked;
