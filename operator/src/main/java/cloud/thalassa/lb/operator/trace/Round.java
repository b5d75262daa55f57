package cloud.thalassa.lb.operator.trace;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reconciliation of a load balancer, and what its parts took. */
public final class Round {
  /** Of which nothing is kept. */
  static final Round UNTOLD =
      new Round(null, Instant::now, new Ref("", ""), Instant.EPOCH, Instant.EPOCH);

  private final @Nullable Chronicle chronicle;
  private final InstantSource clock;
  private final Ref loadBalancer;
  private final Instant seen;
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> writes = new ArrayList<>();
  private Instant mark;
  private @Nullable Change change;

  Round(
      @Nullable Chronicle chronicle,
      InstantSource clock,
      Ref loadBalancer,
      Instant seen,
      Instant began) {
    this.chronicle = chronicle;
    this.clock = clock;
    this.loadBalancer = loadBalancer;
    this.seen = seen;
    this.mark = began;
    if (chronicle != null) {
      steps.add(Step.of("wait", seen, began));
      change = chronicle.underWay(loadBalancer);
    }
  }

  /** What was done since the last mark was this. */
  public void did(String part) {
    if (chronicle != null) {
      var now = clock.instant();
      steps.add(Step.of(part, mark, now));
      mark = now;
    }
  }

  /** What was decided is new, or was decided before and is still under way. */
  public void decided(String revision) {
    if (chronicle != null && (change == null || !change.revision.equals(revision))) {
      change = chronicle.open(loadBalancer, revision, seen, steps, clock.instant());
    }
  }

  public void began() {
    if (chronicle != null) {
      mark = clock.instant();
    }
  }

  /** An object was written since {@link #began}. */
  public void wrote(HasMetadata object) {
    if (chronicle != null) {
      var name = "apply " + object.getKind() + " " + object.getMetadata().getName();
      writes.add(Step.of(name, mark, clock.instant()));
    }
  }

  /** The writes so far were this part; documents are what replicas wait for. */
  public void written(String part, boolean documents) {
    if (change == null) {
      return;
    }
    if (!writes.isEmpty()) {
      change.add(Step.around("write " + part, List.copyOf(writes)));
      writes.clear();
    }
    if (documents) {
      change.written(clock.instant());
    }
  }

  /**
   * A replica says what it serves.
   *
   * @param since as it says; null: it does not
   */
  public void serves(String replica, @Nullable String revision, @Nullable String since) {
    if (change != null && change.revision.equals(revision)) {
      change.bound(replica, instant(since), clock.instant());
    }
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Id of the trace of a change; null: there is none. */
  public @Nullable String trace(String revision) {
    return change != null && change.revision.equals(revision) ? change.id() : null;
  }

  /**
   * The status was written since {@link #began}.
   *
   * @param complete whether every replica serves the change
   */
  public void told(boolean complete) {
    if (change == null || chronicle == null) {
      return;
    }
    var now = clock.instant();
    if (complete) {
      change.add(Step.of("write status", mark, now));
      change.end(Map.of(), now, null);
      chronicle.close(loadBalancer);
    } else if (change.decided.plus(Chronicle.PATIENCE).isBefore(now)) {
      var problem = "Not every replica serves it after %s".formatted(Chronicle.PATIENCE);
      change.end(Map.of(), now, problem);
      chronicle.close(loadBalancer);
    }
  }
}
