/**
 * How documents lie in a directory where there is no API server: the layout, atomic replacement,
 * and change notices.
 */
@NullMarked
package cloud.thalassa.lb.crds.directory;

import org.jspecify.annotations.NullMarked;
