package cloud.thalassa.lb.dataplane.relay.vertx;

import io.netty.channel.Channel;
import java.io.IOException;
import java.util.List;

/** A binding that loops can serve. */
interface Port {
  /** An unbound socket that will serve it on this loop, or hand out to these loops. */
  Channel open(Loop loop, List<Loop> homes) throws IOException;
}
