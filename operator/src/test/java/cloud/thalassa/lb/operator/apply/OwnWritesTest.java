package cloud.thalassa.lb.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
  private final OwnWrites writes = new OwnWrites();

  @Test
  void theNewsOfAWriteIsOwnOnce() {
    writes.record(service(5));
    assertThat(writes.caused(service(4), service(5))).isTrue();
    assertThat(writes.caused(service(4), service(5))).isFalse();
  }

  @Test
  void whatOthersWroteIsNot() {
    writes.record(service(5));
    assertThat(writes.caused(service(3), service(4))).isFalse();
    assertThat(writes.caused(service(4), service(6))).isFalse();
  }

  @Test
  void aDecisionSeesItsOwnWriteBeforeTheCacheDoes() {
    writes.record(service(5));
    assertThat(writes.newest(service(0), service(4))).isEqualTo(service(5));
    assertThat(writes.newest(service(0), null)).isEqualTo(service(5));
    assertThat(writes.newest(service(0), service(6))).isEqualTo(service(6));
  }

  @Test
  void aDeletionIsBelievedAlsoWhenTheWatchWasFasterThanTheAnswer() {
    writes.caused(null, service(5));
    writes.record(service(5));
    writes.caused(service(5), null);
    assertThat(writes.newest(service(0), null)).isNull();
  }

  private static Service service(int version) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("web")
        .withResourceVersion(Integer.toString(version))
        .endMetadata()
        .build();
  }
}
