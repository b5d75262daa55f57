/** What is to be checked: the operator's documents, from the cluster or a directory. */
@NullMarked
package cloud.thalassa.lb.healthchecker.follow;

import org.jspecify.annotations.NullMarked;
