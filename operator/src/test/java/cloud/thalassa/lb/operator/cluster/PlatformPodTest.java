package cloud.thalassa.lb.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.operator.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformPodTest {
  @Test
  void aPartOfAPodSpecIsTaken() {
    var pod = PlatformPod.parse("{\"priorityClassName\":\"first\",\"nodeSelector\":{\"a\":\"b\"}}");
    assertThat(pod.getPriorityClassName()).isEqualTo("first");
    assertThat(pod.getNodeSelector()).containsEntry("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"nodeSelectr": {"a": "b"}}             | a PodSpec has no nodeSelectr
          {"tolerations": [{"keey": "edge"}]}     | a PodSpec has no keey
          {"nodeSelector": ["edge"]}              | it must be a part of a PodSpec as JSON, but
          null                                    | it must be a part of a PodSpec as JSON, such as {}
          edge                                    | it must be a part of a PodSpec as JSON, but
          {"containers": [{"name": "relay"}]}     | its only container is dataplane, not relay
          """)
  void anythingElseIsRefusedInWords(String json, String why) {
    assertThatThrownBy(() -> PlatformPod.parse(json))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("THALASSA_DATAPLANE_POD is of no use: ")
        .hasMessageContaining(why);
  }
}
