package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  @ParameterizedTest
  @ValueSource(ints = {403, 413, 422})
  void whatStaysRefusedIsSaidInTheApiServersWords(int code) {
    assertThat(Refusal.words(answered(code, "exceeded quota"))).isEqualTo("exceeded quota");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcdserver: request is too large",
        "rpc error: code = ResourceExhausted desc = trying to send message larger than max (3 vs. 2)"
      })
  void whatTheStoreDoesNotTakeIsRefusedThoughItLooksLikeAFailure(String words) {
    assertThat(Refusal.words(answered(500, words))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409, 429, 500, 503})
  void whatMayPassIsNone(int code) {
    assertThat(Refusal.words(answered(code, "etcdserver: no leader"))).isNull();
  }

  @Test
  void noAnswerIsNone() {
    var unanswered = new KubernetesClientException("An error.", new ConnectException("refused"));
    assertThat(Refusal.words(unanswered)).isNull();
  }

  private static KubernetesClientException answered(int code, String words) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(words).build());
  }
}
