/** The engine of Linux: our own epoll loops over libc. */
@NullMarked
package cloud.thalassa.lb.dataplane.relay.epoll;

import org.jspecify.annotations.NullMarked;
