/**
 * The operator in a cluster: who leads, what is reconciled when, and the reconcilers, which gather,
 * decide and act by means of the other packages.
 */
@NullMarked
package cloud.thalassa.lb.operator.cluster;

import org.jspecify.annotations.NullMarked;
