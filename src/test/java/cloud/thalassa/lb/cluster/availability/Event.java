package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.traffic.Account;
import cloud.thalassa.lb.traffic.Seen;
import cloud.thalassa.lb.traffic.Span;
import java.time.Instant;
import java.util.Set;

/**
 * Something that happened under load, and the time in which its consequences count.
 *
 * @param lost what it took away, whose connections are its own loss: addresses of replicas, names
 *     of targets
 */
record Event(Span span, Set<String> lost) {
  Instant at() {
    return span.from();
  }

  Account account(Seen seen) {
    return new Account(seen, span);
  }
}
