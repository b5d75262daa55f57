/**
 * The operator without a cluster: users' objects are files, and so are the documents and statuses
 * that are made of them.
 */
@NullMarked
package cloud.thalassa.lb.operator.directory;

import org.jspecify.annotations.NullMarked;
