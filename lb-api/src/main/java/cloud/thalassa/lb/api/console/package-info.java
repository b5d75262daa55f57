/**
 * The operations for people with browsers: pages that call what REST calls, and forms that say what
 * its bodies say.
 */
@NullMarked
package cloud.thalassa.lb.api.console;

import org.jspecify.annotations.NullMarked;
