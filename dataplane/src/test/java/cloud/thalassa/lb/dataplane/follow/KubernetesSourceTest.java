package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.dataplane.table.Documents;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of its beginning; how it follows is for those who have an API server. */
@Timeout(30)
class KubernetesSourceTest {
  private static final Documents SEEN = new Documents(List.of(), List.of(), List.of(), Map.of());

  private final List<Object> events = new CopyOnWriteArrayList<>();

  @Test
  void handsOverWhatWasSeenBeforeItNeedsAClient() {
    follow(CompletableFuture.completedFuture(Optional.of(SEEN)));

    assertThat(events).containsExactly(SEEN, "client");
  }

  @Test
  void needsAClientWhereNothingWasSeen() {
    follow(CompletableFuture.completedFuture(Optional.empty()));
    follow(CompletableFuture.failedFuture(new IllegalStateException("no look")));
    follow(new CompletableFuture<>());

    assertThat(events).containsExactly("client", "client", "client");
  }

  private void follow(CompletableFuture<Optional<Documents>> first) {
    try (var source = new KubernetesSource(this::client, "shop", "web", null, first)) {
      assertThatThrownBy(() -> source.follow(events::add)).hasMessage("no server is configured");
    }
  }

  private KubernetesClient client() {
    events.add("client");
    throw new IllegalStateException("no server is configured");
  }
}
