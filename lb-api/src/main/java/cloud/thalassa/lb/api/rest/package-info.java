/** The operations, resource by resource. */
@NullMarked
package cloud.thalassa.lb.api.rest;

import org.jspecify.annotations.NullMarked;
