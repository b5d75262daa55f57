package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The clients: as many as there should be, each with its conversation, of many addresses, so that
 * Maglev does not give them all to one target.
 */
final class Crowd {
  private static final int TICK_MILLIS = 20;
  private static final long INSPECTION_MILLIS = 2000;

  private final Settings settings;
  private final Reactor reactor;
  private final Ledger ledger;
  private final List<Place> places;
  private final Habits habits;
  private final SplittableRandom random;
  private final Map<Long, Conversation> conversations = new HashMap<>();
  private int wanted;
  private int connecting;

  Crowd(Settings settings, Reactor reactor, Ledger ledger, List<Place> places) {
    this.settings = settings;
    this.reactor = reactor;
    this.ledger = ledger;
    this.places = places.stream().filter(Place::tcp).toList();
    this.habits = new Habits(reactor, settings.pauseMillis());
    this.random = reactor.random();
  }

  void start(int wanted) {
    this.wanted = wanted;
    reactor.every(TICK_MILLIS, this::fill);
    reactor.every(INSPECTION_MILLIS, this::inspect);
  }

  /** From now on so many. */
  void want(int wanted) {
    this.wanted = wanted;
  }

  /** Everybody leaves. */
  void leave() {
    wanted = 0;
    List.copyOf(conversations.values()).forEach(Conversation::drop);
  }

  @Nullable Conversation find(long id) {
    return conversations.get(id);
  }

  void remove(Conversation conversation) {
    conversations.remove(conversation.id);
  }

  void killed(TargetHost host) {
    conversations.values().forEach(conversation -> conversation.killed(host));
  }

  /** A client came to a target that no upstream had named. */
  void betrayed(TargetHost host) {
    ledger.unexplained(host + " got a connection without a right PROXY header");
  }

  private void inspect() {
    var now = System.nanoTime();
    List.copyOf(conversations.values()).forEach(conversation -> conversation.inspect(now));
  }

  private void fill() {
    var missing = wanted - conversations.size() - connecting;
    var most = Math.max(1, settings.opensPerSecond() * TICK_MILLIS / 1000);
    for (var i = 0; i < Math.min(missing, most); i++) {
      open(place());
    }
  }

  /** Most to those that stay. */
  private Place place() {
    while (true) {
      var place = places.get(random.nextInt(places.size()));
      if (place.presence.here() && (place.fixed || random.nextInt(4) == 0)) {
        return place;
      }
    }
  }

  private void open(Place place) {
    try {
      var channel = SocketChannel.open();
      var startedAt = System.nanoTime();
      connecting++;
      channel.bind(new InetSocketAddress("127.0.2." + (1 + random.nextInt(254)), 0));
      reactor.register(channel, SelectionKey.OP_CONNECT, _ -> connected(channel, place, startedAt));
      channel.connect(new InetSocketAddress(Place.ADDRESS, place.port));
    } catch (IOException e) {
      connecting--;
      refused(place, System.nanoTime(), e);
    }
  }

  private void connected(SocketChannel channel, Place place, long startedAt) {
    connecting--;
    try {
      channel.finishConnect();
      var id = ++ledger.opened;
      if (wanted == 0) {
        channel.close();
        return;
      }
      var conversation =
          new Conversation(id, place, channel, random.split(), startedAt, this, ledger, reactor);
      conversations.put(id, conversation);
      conversation.introduce(channel);
      habits.live(conversation);
    } catch (IOException e) {
      refused(place, startedAt, e);
      try {
        channel.close();
      } catch (IOException alreadyClosed) {
        // there is nothing more to do for it
      }
    }
  }

  private void refused(Place place, long startedAt, IOException how) {
    var cause =
        how instanceof ConnectException
            ? place.mayRefuse(System.nanoTime())
            : place.mayReset(startedAt, System.nanoTime());
    if (cause == null) {
      ledger.unexplained("%s refused a client: %s".formatted(place, how.getMessage()));
    } else {
      ledger.explained(cause);
    }
  }
}
