package cloud.thalassa.lb.soak;

import cloud.thalassa.lb.soak.Ledger.Cause;
import java.util.SplittableRandom;

/** What peers do to each other, from polite to rude. */
final class Habits {
  private static final int LARGE = 1 << 20;

  private final Reactor reactor;
  private final long pauseMillis;

  Habits(Reactor reactor, long pauseMillis) {
    this.reactor = reactor;
    this.pauseMillis = pauseMillis;
  }

  /** Lets it live, until its end. */
  void live(Conversation conversation) {
    reactor.in(
        pause(conversation.random),
        () -> {
          if (!conversation.ending()) {
            act(conversation);
            live(conversation);
          }
        });
  }

  private long pause(SplittableRandom random) {
    return pauseMillis / 2 + random.nextLong(pauseMillis);
  }

  private static void act(Conversation conversation) {
    var client = conversation.client;
    var target = conversation.target;
    if (target == null) {
      return;
    }
    var random = conversation.random;
    var byClient = random.nextBoolean();
    var one = byClient ? client : target;
    var other = byClient ? target : client;
    var dice = random.nextInt(100);
    if (dice < 66) {
      one.send(1 + random.nextInt(4096));
      other.send(1 + random.nextInt(4096));
    } else if (dice < 72) {
      one.send(random.nextInt(LARGE));
    } else if (dice < 78) {
      other.stall(200 + random.nextInt(4000));
      one.send(random.nextInt(LARGE));
    } else if (dice < 80) {
      other.sip(500 + random.nextInt(3000));
      one.send(random.nextInt(LARGE / 16));
    } else if (dice < 92) {
      one.send(random.nextInt(4096));
      one.finish();
      other.send(random.nextInt(65_536)); // the other direction goes on
    } else if (dice < 96) {
      one.reset(byClient ? Cause.CLIENT_RESET : Cause.TARGET_RESET);
    } else {
      other.send(1 + random.nextInt(LARGE / 4));
      one.abandon(byClient ? Cause.CLIENT_CLOSED : Cause.TARGET_CLOSED);
    }
  }
}
