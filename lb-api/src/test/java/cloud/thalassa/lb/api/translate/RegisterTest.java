package cloud.thalassa.lb.api.translate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTest {
  private final LoadBalancer first = balancer("1", "zebra", "2026-11-29T20:00:00Z");
  private final LoadBalancer second = balancer("2", "ant", "2026-11-29T20:00:01Z");
  private final Register<LoadBalancer> register = asked(new Register<>(List.of(second, first)));

  private static LoadBalancer balancer(String uid, String name, String created) {
    var balancer = new LoadBalancer();
    balancer.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName(name)
            .withUid(uid)
            .withCreationTimestamp(created)
            .build());
    return balancer;
  }

  /** For what it keeps, it keeps from then on. */
  private Register<LoadBalancer> asked(Register<LoadBalancer> register) {
    assertThat(register.find(Identity.of(first))).containsSame(first);
    assertThat(register.find(Identity.slug(second))).containsSame(second);
    assertThat(register.list()).containsExactly(first, second);
    return register;
  }

  @Test
  void whatChangedIsFoundAsItIsNow() {
    var changed = balancer("2", "ant", "2026-11-29T20:00:01Z");
    var next = register.next(List.of(changed, first));
    assertThat(next.find(Identity.of(second))).containsSame(changed);
    assertThat(next.find(Identity.slug(second))).containsSame(changed);
    assertThat(next.list()).containsExactly(first, changed);
    asked(register);
  }

  @Test
  void anotherOneInItsPlaceIsAnotherOne() {
    var other = balancer("3", "ant", "2026-11-29T20:00:02Z");
    var next = register.next(List.of(other, first));
    assertThat(next.find(Identity.of(second))).isEmpty();
    assertThat(next.find(Identity.slug(second))).isEmpty();
    assertThat(next.find(Identity.of(other))).containsSame(other);
    assertThat(next.list()).containsExactly(first, other);
  }

  @Test
  void anotherOrderOfTheSameIsNoOther() {
    asked(register.next(List.of(first, second)));
  }

  @Test
  void whoCameAndWhoWentAreSeen() {
    assertThat(register.next(List.of(first)).find(Identity.of(second))).isEmpty();
    asked(register.next(List.of(first)).next(List.of(first, second)));
  }

  /** In a directory an object keeps its uid when its file gives it another name. */
  @Test
  void aNewNameIsKnown() {
    var renamed = balancer("2", "bee", "2026-11-29T20:00:01Z");
    var next = register.next(List.of(renamed, first));
    assertThat(next.find(Identity.slug(renamed))).containsSame(renamed);
    assertThat(next.find(Identity.slug(second))).isEmpty();
  }
}
