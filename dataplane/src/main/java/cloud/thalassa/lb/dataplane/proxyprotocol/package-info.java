/** The PROXY protocol, versions 1 and 2, as its sender writes it and its receiver reads it. */
@NullMarked
package cloud.thalassa.lb.dataplane.proxyprotocol;

import org.jspecify.annotations.NullMarked;
