/** The JSON that clients send and read, as records. Members are named as on the wire. */
@NullMarked
package cloud.thalassa.lb.api.wire;

import org.jspecify.annotations.NullMarked;
