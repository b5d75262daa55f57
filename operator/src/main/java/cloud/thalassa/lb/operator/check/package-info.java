/** What an API server and the operator would say about manifests, said without them. */
@NullMarked
package cloud.thalassa.lb.operator.check;

import org.jspecify.annotations.NullMarked;
