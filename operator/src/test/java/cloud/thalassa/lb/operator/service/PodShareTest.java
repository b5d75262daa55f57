package cloud.thalassa.lb.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.Remark;
import cloud.thalassa.lb.operator.front.Remarks;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodShareTest {
  private final Remarks remarks = new Remarks(false);

  @Test
  void labelsHaveWeights() {
    assertThat(shares("example.com/version=v1:90, canary=:0"))
        .containsExactly(
            new PodShare("example.com/version", "v1", 90), new PodShare("canary", "", 0));
    assertThat(remarks.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version=v2        | \"version=v2\" must be a label and a weight",
        "version=v2:-1     | \"version=v2:-1\" must be a label and a weight",
        "version=v2:1000000| \"version=v2:1000000\" must be a label and a weight",
        "v2:10             | \"v2:10\" must be a label and a weight",
        "a=b:1,            | \"\" must be a label and a weight",
        "version=v/2:10    | \"version=v/2:10\" must be a label and a weight",
        "a=b:1,a=b:2       | a=b stands there twice",
        "app=db:10         | app=db is on no pod of this Service, which selects app=web",
        "a=b:0,a=c:0       | \"a=b:0,a=c:0\" has no weight above 0",
      })
  void whatNobodyCanReadIsSaid(String text, String problem) {
    assertThat(shares(text)).isEmpty();
    assertThat(remarks.list())
        .singleElement()
        .extracting(Remark::sentence)
        .asString()
        .startsWith("target-weights: " + problem)
        .endsWith("every pod counts the same.");
  }

  @Test
  void sixteenAtMost() {
    var text =
        IntStream.range(0, 17).mapToObj("v=%d:1"::formatted).collect(Collectors.joining(","));
    assertThat(shares(text)).isEmpty();
    assertThat(remarks.list())
        .extracting(Remark::sentence)
        .asString()
        .contains("17 labels are more than 16");
  }

  private List<PodShare> shares(String text) {
    var service =
        new ServiceBuilder()
            .withNewMetadata()
            .addToAnnotations(Annotation.PREFIX + Annotation.TARGET_WEIGHTS, text)
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", "web")
            .endSpec()
            .build();
    return PodShare.of(service, new Annotations(service, remarks), remarks);
  }
}
