/**
 * What a Gateway of the Gateway API and its routes mean in our kinds, and what their owners read of
 * them.
 */
@NullMarked
package cloud.thalassa.lb.operator.gateway;

import org.jspecify.annotations.NullMarked;
