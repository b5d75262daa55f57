package cloud.thalassa.lb.soak;

import java.util.List;
import java.util.SplittableRandom;

/** Every second something changes in the documents, and every few seconds a target dies. */
final class Swaps {
  private static final int PERIOD_MILLIS = 1000;
  private static final int KILL_MILLIS = 5000;
  private static final int LONGEST_DEATH_MILLIS = 4000;
  private static final int FEWEST = 5;

  private final World world;
  private final Documents documents;
  private final Reactor reactor;
  private final Ledger ledger;
  private final SplittableRandom random;
  private boolean running;

  Swaps(World world, Documents documents, Reactor reactor, Ledger ledger) {
    this.world = world;
    this.documents = documents;
    this.reactor = reactor;
    this.ledger = ledger;
    this.random = reactor.random();
  }

  void start() {
    running = true;
    reactor.every(PERIOD_MILLIS, this::swap);
    reactor.every(KILL_MILLIS, this::kill);
  }

  /** Back to the listeners of the start. */
  void end() {
    running = false;
    var now = System.nanoTime();
    for (var place : world.places) {
      if (!place.fixed && place.presence.here()) {
        place.presence.leave(now);
      }
    }
    documents.writeConfig();
  }

  private void swap() {
    if (!running) {
      return;
    }
    ledger.swaps++;
    var now = System.nanoTime();
    switch (random.nextInt(6)) {
      case 0, 1 -> passing(now);
      case 2, 3 -> member(now);
      case 4 -> weight();
      default -> {
        one(world.sensible()).change(random);
        one(world.changing()).changePolicy(random);
        documents.writeConfig();
      }
    }
  }

  /** A listener comes or goes, or moves to its other port. */
  private void passing(long now) {
    var place = one(world.places.stream().filter(p -> !p.fixed).toList());
    if (place.presence.here()) {
      place.presence.leave(now);
    } else if (place.presence.mayReturn(now)) {
      for (var other : world.places) {
        if (other != place && other.name.equals(place.name) && other.presence.here()) {
          other.presence.leave(now);
        }
      }
      place.presence.come(now);
    }
    documents.writeConfig();
  }

  /** A target leaves its pool, by its absence or by weight 0, or comes back. */
  private void member(long now) {
    var pool = one(world.changing());
    var member = one(pool.members);
    if (!member.presence.here()) {
      if (member.presence.mayReturn(now)) {
        member.presence.come(now);
      }
    } else if (pool.present() > FEWEST) {
      member.weightless = random.nextBoolean();
      member.presence.leave(now);
    } else {
      member.weight = 1 + random.nextInt(8);
    }
    documents.write(member);
  }

  private void weight() {
    var member = one(one(world.changing()).members);
    member.weight = 1 + random.nextInt(4);
    documents.write(member);
  }

  /** One at a time, so that whoever finds it dead finds another alive. */
  private void kill() {
    var host = one(world.mortals());
    if (running && host.alive()) {
      host.kill();
      reactor.in(random.nextInt(LONGEST_DEATH_MILLIS), host::open);
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
