package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The UDP clients: as many as there should be. */
final class Flows {
  private final Reactor reactor;
  private final Ledger ledger;
  private final List<Place> places;
  private final SplittableRandom random;
  private final Map<Long, Flow> flows = new HashMap<>();
  private int wanted;
  private long opened;

  Flows(Reactor reactor, Ledger ledger, List<Place> places) {
    this.reactor = reactor;
    this.ledger = ledger;
    this.places = places.stream().filter(place -> !place.tcp()).toList();
    this.random = reactor.random();
  }

  void start(int wanted) {
    this.wanted = wanted;
    reactor.every(50, this::fill);
  }

  void leave() {
    wanted = 0;
    List.copyOf(flows.values()).forEach(Flow::close);
  }

  int size() {
    return flows.size();
  }

  private void fill() {
    for (var i = 0; i < 10 && flows.size() < wanted; i++) {
      var place = places.get(random.nextInt(places.size()));
      if (place.presence.here()) {
        try {
          var flow = new Flow(++opened, place, reactor, ledger, this);
          flows.put(flow.id, flow);
          flow.ask();
        } catch (IOException e) {
          throw new UncheckedIOException("no UDP client could be made", e);
        }
      }
    }
  }

  void remove(Flow flow) {
    flows.remove(flow.id);
  }

  /** A target received it; false: of a flow that has ended. */
  boolean arrived(long id, long sequence, Arrival.Header header, ByteBuffer body, int port) {
    var flow = flows.get(id);
    if (flow == null) {
      return false;
    }
    if (Flow.question(id, sequence).check(body, 0) >= 0) {
      ledger.unexplained(flow + ": other bytes came to the target than were sent");
    }
    if (port != flow.place.targetPort()) {
      ledger.unexplained("%s: it came to port %d of the target".formatted(flow, port));
    }
    if (!header.names(flow.place, flow.address)) {
      ledger.unexplained(flow + ": its PROXY header says " + header);
    }
    return true;
  }
}
