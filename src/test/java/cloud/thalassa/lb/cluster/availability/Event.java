package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.traffic.Account;
import cloud.thalassa.lb.traffic.Seen;
import cloud.thalassa.lb.traffic.Span;
import java.time.Instant;
import java.util.Set;

/**
 * Something that happened under load, and the time in which its consequences count.
 *
 * @param replicas addresses of the replicas that it took away: their connections are its own loss
 */
record Event(Span span, Set<String> replicas) {
  Instant at() {
    return span.from();
  }

  Account account(Seen seen) {
    return new Account(seen, span);
  }
}
