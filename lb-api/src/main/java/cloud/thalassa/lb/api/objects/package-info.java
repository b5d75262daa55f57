/**
 * The objects of all tenants: read from caches, written through the Kubernetes API; or, without a
 * cluster, manifests in a directory.
 */
@NullMarked
package cloud.thalassa.lb.api.objects;

import org.jspecify.annotations.NullMarked;
