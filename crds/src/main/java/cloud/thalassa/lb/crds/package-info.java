/**
 * The kinds of {@code lb.thalassa.cloud/v1alpha1}: what users write, and the documents that our
 * processes exchange.
 */
@NullMarked
package cloud.thalassa.lb.crds;

import org.jspecify.annotations.NullMarked;
