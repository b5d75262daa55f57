package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.status.News.Failover;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailoverNoteTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123456Z");

  @Test
  void theLastOneIsReadAsItWasLeft() {
    var earlier = slice();
    var later = slice();
    FailoverNote.leave(earlier, failover("Replica a is dead: it is silent."), THEN.plusSeconds(1));
    FailoverNote.leave(later, failover("Replica b is dead: refused."), THEN.plusSeconds(2));
    assertThat(FailoverNote.on(List.of(later, earlier, slice())))
        .isEqualTo(new Failover("Replica b is dead: refused.", THEN, THEN.plusSeconds(2)));
  }

  @Test
  void whatNobodyOfUsWroteIsNoNote() {
    var slice = slice();
    for (var words : List.of("", "now", "now then because", THEN + " " + THEN)) {
      slice.getMetadata().setAnnotations(Map.of("lb.thalassa.cloud/failover", words));
      assertThat(FailoverNote.on(List.of(slice))).as(words).isNull();
    }
  }

  private static Failover failover(String cause) {
    return new Failover(cause, THEN, null);
  }

  private static EndpointSlice slice() {
    return new EndpointSliceBuilder().withNewMetadata().endMetadata().build();
  }
}
