/** What happened to load balancers and went through them: taken from a broker, kept, and read. */
@NullMarked
package cloud.thalassa.lb.api.history;

import org.jspecify.annotations.NullMarked;
