@NullMarked
package cloud.thalassa.lb.api;

import org.jspecify.annotations.NullMarked;
