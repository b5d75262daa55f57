package cloud.thalassa.lb.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ReplicaReport;
import cloud.thalassa.lb.crds.ReplicaReportSpec;
import cloud.thalassa.lb.crds.ReplicaReportSpec.Alive;
import cloud.thalassa.lb.crds.ReplicaReportSpec.Dead;
import cloud.thalassa.lb.operator.children.Failure;
import cloud.thalassa.lb.operator.children.Testimony;
import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestimoniesTest {
  private static final Ref WEB = new Ref("shop", "web");
  private static final Ref POD = new Ref("shop", "one");

  private final AtomicLong nanos = new AtomicLong();
  private final Testimonies testimonies = new Testimonies(nanos::get);

  @Test
  void knowsNothingAtFirst() {
    assertThat(testimonies.about(POD)).isEqualTo(Testimony.NONE);
  }

  @Test
  void aReportWakesThoseAboutWhoseReplicasItSaysMoreOrLess() {
    var empty = report("a", 0);
    var claim = report("a", 0, "one");
    assertThat(testimonies.heard(null, empty)).isEmpty();
    assertThat(testimonies.heard(empty, claim)).containsExactly(WEB);
    assertThat(testimonies.heard(claim, claim)).isEmpty();
    assertThat(testimonies.heard(claim, null)).containsExactly(WEB);
  }

  @Test
  void anObjectionThatIsOnlyUpheldWakesNobodyAndIsFresh() {
    testimonies.heard(null, report("a", 0, "one"));
    var objection = objection("b", 1);
    assertThat(testimonies.heard(null, objection)).containsExactly(WEB);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(testimonies.about(POD).objections()).containsExactly(Duration.ofSeconds(2));
    assertThat(testimonies.heard(objection, objection("b", 2))).isEmpty();
    assertThat(testimonies.about(POD).objections()).containsExactly(Duration.ZERO);
  }

  @Test
  void aClaimAgesFromTheFirstWhoMadeIt() {
    testimonies.heard(null, report("a", 0, "one"));
    nanos.addAndGet(Duration.ofMillis(300).toNanos());
    testimonies.heard(null, report("b", 0, "one"));
    assertThat(testimonies.about(POD))
        .isEqualTo(
            new Testimony(
                List.of(
                    new Failure("refused", Instant.EPOCH), new Failure("refused", Instant.EPOCH)),
                Duration.ofMillis(300),
                List.of(),
                2));
  }

  @Test
  void aClaimThatIsTakenBackIsForgotten() {
    var claim = report("a", 0, "one");
    testimonies.heard(null, claim);
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    testimonies.heard(claim, report("a", 0));
    assertThat(testimonies.about(POD)).isEqualTo(Testimony.NONE);
    testimonies.heard(null, claim);
    assertThat(testimonies.about(POD).claimed()).isZero();
  }

  private static ReplicaReport report(String checker, long upheld, String... dead) {
    return report(
        checker,
        new ReplicaReportSpec(
            Stream.of(dead)
                .map(pod -> new Dead("shop", pod, "web", Instant.EPOCH.toString(), "refused"))
                .toList(),
            List.of(),
            upheld));
  }

  private static ReplicaReport objection(String checker, long upheld) {
    return report(
        checker,
        new ReplicaReportSpec(List.of(), List.of(new Alive("shop", "one", "web")), upheld));
  }

  private static ReplicaReport report(String checker, ReplicaReportSpec spec) {
    var report = new ReplicaReport();
    report.setMetadata(new ObjectMetaBuilder().withName(checker).build());
    report.setSpec(spec);
    return report;
  }
}
