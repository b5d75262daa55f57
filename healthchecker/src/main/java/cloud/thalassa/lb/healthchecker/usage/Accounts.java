package cloud.thalassa.lb.healthchecker.usage;

import cloud.thalassa.lb.crds.event.Event.Usage;
import cloud.thalassa.lb.crds.event.Told;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.healthchecker.follow.Replica;
import java.time.Instant;
import java.util.List;

/**
 * What is believed of a replica's answer. Its tenant has rights where it lies: it speaks of its own
 * load balancer, of the last hour, and of no more listeners than there can be.
 */
final class Accounts {
  private static final int OLDEST = 90;
  private static final int MOST_LISTENERS = 1000;

  private Accounts() {}

  /** Those to be told: two checkers that ask the same replica tell the same. */
  static List<Told> of(Replica replica, UsageBook book, Instant now) {
    long minute = now.getEpochSecond() / 60;
    var balancer = replica.namespace() + "/" + replica.loadBalancer();
    var source = replica.name() + "-" + book.started();
    return book.minutes().stream()
        .filter(usage -> usage != null && balancer.equals(usage.loadBalancer()))
        .filter(usage -> usage.minute() >= minute - OLDEST && usage.minute() <= minute)
        .filter(Accounts::possible)
        .map(usage -> new Told(source, usage.minute(), end(usage).toString(), usage))
        .limit(OLDEST)
        .toList();
  }

  private static boolean possible(Usage usage) {
    return usage.listeners().size() <= MOST_LISTENERS
        && usage.listeners().stream()
            .allMatch(
                it ->
                    it.listener() != null
                        && it.connections() >= 0
                        && it.bytesToTarget() >= 0
                        && it.bytesToClient() >= 0);
  }

  private static Instant end(Usage usage) {
    return Instant.ofEpochSecond((usage.minute() + 1) * 60);
  }
}
