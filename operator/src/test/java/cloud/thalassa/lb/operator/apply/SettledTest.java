package cloud.thalassa.lb.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class SettledTest {
  private final OwnWrites writes = new OwnWrites();

  @Test
  void holdsUntilOneSideChanges() {
    var settled = writes.settled();
    assertThat(settled.holds("wanted", service("uid", 4))).isFalse();
    settled.found("wanted", service("uid", 4));
    assertThat(settled.holds("wanted", service("uid", 4))).isTrue();
    assertThat(settled.holds("wanted otherwise", service("uid", 4))).isFalse();
    assertThat(settled.holds("wanted", service("uid", 5))).isFalse();
    assertThat(settled.holds("wanted", service("another's", 4))).isFalse();
  }

  @Test
  void isForgottenWithItsObject() {
    writes.settled().found("wanted", service("uid", 4));
    writes.caused(service("uid", 4), null);
    assertThat(writes.settled().holds("wanted", service("uid", 4))).isFalse();
  }

  private static Service service(String uid, int version) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("web")
        .withUid(uid)
        .withResourceVersion(Integer.toString(version))
        .endMetadata()
        .build();
  }
}
