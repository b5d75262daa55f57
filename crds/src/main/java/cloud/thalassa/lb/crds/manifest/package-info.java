/**
 * What an API server with our kinds would say about manifests, said without one: with file, line
 * and column. Whoever uses it has {@code dev.cel} on its class path.
 */
@NullMarked
package cloud.thalassa.lb.crds.manifest;

import org.jspecify.annotations.NullMarked;
