package cloud.thalassa.lb.healthchecker.usage;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.event.Event.OfListener;
import cloud.thalassa.lb.crds.event.Event.Usage;
import cloud.thalassa.lb.crds.event.Told;
import cloud.thalassa.lb.crds.event.UsageBook;
import cloud.thalassa.lb.healthchecker.follow.Replica;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Replica REPLICA = new Replica("shop", "web", "lb-web-1", "10.0.0.1", 9000);
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:30Z");
  private static final long MINUTE = NOW.getEpochSecond() / 60;
  private static final List<OfListener> LINES = List.of(new OfListener("shop/http", 1, 2, 3));

  private static List<Told> told(Usage... usages) {
    return Accounts.of(REPLICA, new UsageBook(17, List.of(usages)), NOW);
  }

  @Test
  void twoCheckersTellTheSame() {
    var usage = new Usage("shop/web", MINUTE - 1, LINES);
    assertThat(told(usage))
        .containsExactly(new Told("shop/lb-web-1-17", MINUTE - 1, "2026-11-29T20:00:00Z", usage));
  }

  @Test
  void aReplicaIsBelievedAboutItsOwnAndWhatCanBe() {
    assertThat(told(new Usage("bank/web", MINUTE - 1, LINES))).isEmpty();
    assertThat(told(new Usage("shop/web", MINUTE + 1, LINES))).isEmpty();
    assertThat(told(new Usage("shop/web", MINUTE - 100, LINES))).isEmpty();
    assertThat(told(new Usage("shop/web", MINUTE, List.of(new OfListener("shop/http", 1, -2, 3)))))
        .isEmpty();
    assertThat(told(new Usage("shop/web", MINUTE, Collections.nCopies(1001, LINES.getFirst()))))
        .isEmpty();
  }
}
