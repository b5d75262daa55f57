/** The objects of all tenants: read from caches, written through the Kubernetes API. */
@NullMarked
package cloud.thalassa.lb.api.objects;

import org.jspecify.annotations.NullMarked;
