/**
 * The portable engine: channel pairs of Netty on the event loops of Vert.x. Everything of a
 * connection happens on one loop, so that nothing here needs a lock.
 */
@NullMarked
package cloud.thalassa.lb.dataplane.relay.vertx;

import org.jspecify.annotations.NullMarked;
