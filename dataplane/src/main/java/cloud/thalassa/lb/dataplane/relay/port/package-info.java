/** What the engines share of the ports that they serve. */
@NullMarked
package cloud.thalassa.lb.dataplane.relay.port;

import org.jspecify.annotations.NullMarked;
