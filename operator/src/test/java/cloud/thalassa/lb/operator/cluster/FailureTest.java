package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  @Test
  void noAnswerPasses() {
    assertThat(Failure.passes(unanswered(new ConnectException("refused")))).isTrue();
    assertThat(Failure.passes(unanswered(new TimeoutException()))).isTrue();
    assertThat(Failure.passes(unanswered(new HttpClosedException("closed")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503})
  void notNowPasses(int code) {
    assertThat(Failure.passes(answered(code))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 422})
  void aRefusalIsOursToMend(int code) {
    assertThat(Failure.passes(answered(code))).isFalse();
  }

  @Test
  void whatTheFrameworkWrapsIsWhatCounts() {
    var timeout = unanswered(new TimeoutException());
    assertThat(Failure.thrown(new OperatorException(timeout))).isSameAs(timeout);
    assertThat(Failure.thrown(timeout)).isSameAs(timeout);
  }

  @Test
  void everythingElseIsADefect() {
    assertThat(Failure.passes(new NullPointerException())).isFalse();
    assertThat(Failure.passes(new IllegalStateException(new IOException()))).isFalse();
    assertThat(Failure.passes(unanswered(new IllegalArgumentException()))).isFalse();
  }

  private static KubernetesClientException unanswered(Exception cause) {
    return new KubernetesClientException("An error has occurred.", cause);
  }

  private static KubernetesClientException answered(int code) {
    return new KubernetesClientException(new StatusBuilder().withCode(code).build());
  }
}
