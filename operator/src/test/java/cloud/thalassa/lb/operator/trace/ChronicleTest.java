package cloud.thalassa.lb.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Ref WEB = new Ref("shop", "web");

  private Instant now = START;
  private final List<Told> told = new ArrayList<>();
  private final Chronicle chronicle = new Chronicle(() -> now, this::begin);

  private record Told(
      String revision,
      Instant start,
      List<Step> steps,
      Map<String, String> attributes,
      Instant end,
      @Nullable String problem) {
    Step step(String name) {
      return steps.stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
    }
  }

  private Traces.Trace begin(Ref loadBalancer, String revision, Instant start) {
    return new Traces.Trace() {
      @Override
      public String id() {
        return "trace of " + revision;
      }

      @Override
      public void end(
          List<Step> steps, Map<String, String> attributes, Instant end, @Nullable String problem) {
        told.add(new Told(revision, start, steps, attributes, end, problem));
      }
    };
  }

  @Test
  void aChangeIsToldFromItsFirstSightToItsStatus() {
    chronicle.seen(WEB);
    pass(10);
    chronicle.seen(WEB);
    pass(10);
    decide("a");
    assertThat(told).isEmpty();

    pass(100);
    var round = chronicle.begin(WEB);
    assertThat(round.trace("a")).isEqualTo("trace of a");
    round.serves("lb-web-1", "a", now.minusMillis(40).toString());
    round.serves("lb-web-2", "before", null);
    round.told(false);
    var first = now;
    pass(20);
    round = chronicle.begin(WEB);
    round.serves("lb-web-1", "a", null);
    round.serves("lb-web-2", "a", now.plusSeconds(60).toString());
    round.began();
    pass(3);
    round.told(true);

    var trace = told.getFirst();
    assertThat(trace.start()).isEqualTo(START);
    assertThat(trace.end()).isEqualTo(now);
    assertThat(trace.problem()).isNull();
    assertThat(trace.attributes()).containsEntry("thalassa.replicas", "2");
    assertThat(trace.steps())
        .extracting(Step::name)
        .containsExactly(
            "wait", "observe", "compile", "write documents", "write status", "bound", "bound");
    assertThat(length(trace.step("wait"))).isEqualTo(20);
    assertThat(length(trace.step("compile"))).isEqualTo(2);
    assertThat(trace.step("write documents").parts())
        .extracting(Step::name)
        .containsExactly("apply ConfigMap web");
    assertThat(length(trace.step("write status"))).isEqualTo(3);
    var replicas = trace.steps().subList(5, 7);
    assertThat(replicas.getFirst().attributes()).containsEntry("thalassa.replica", "lb-web-1");
    assertThat(replicas.getFirst().end()).isEqualTo(first.minusMillis(40));
    assertThat(replicas.getLast().end()).as("a clock that is ahead").isEqualTo(now.minusMillis(3));
    assertThat(chronicle.begin(WEB).trace("a")).isNull();
  }

  @Test
  void aChangeThatTheNextOneOvertakesSaysSo() {
    decide("a");
    decide("a");
    assertThat(told).isEmpty();
    decide("b");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().attributes()).containsEntry("thalassa.superseded_by", "b");
  }

  @Test
  void aChangeThatIsHeldUpIsToldAsItIs() {
    decide("a");
    now = now.plus(Chronicle.PATIENCE).plusSeconds(1);
    var round = chronicle.begin(WEB);
    round.serves("lb-web-1", "a", null);
    round.told(false);
    assertThat(told.getFirst().problem()).contains("Not every replica serves it");
    assertThat(told.getFirst().attributes()).containsEntry("thalassa.replicas", "1");
  }

  @Test
  void whereNobodyKeepsTracesNothingIsNoted() {
    var without = new Chronicle(() -> now, null);
    var heard = new ArrayList<>();
    without.listen(heard::add);
    assertThat(heard).isEmpty();
    var round = without.begin(WEB);
    assertThat(round).isSameAs(without.begin(new Ref("shop", "other")));
    round.decided("a");
    round.serves("lb-web-1", "a", null);
    round.told(true);
    assertThat(round.trace("a")).isNull();
  }

  private void decide(String revision) {
    var round = chronicle.begin(WEB);
    pass(1);
    round.did("observe");
    pass(2);
    round.did("compile");
    round.decided(revision);
    round.began();
    pass(5);
    round.wrote(new ConfigMapBuilder().withNewMetadata().withName("web").endMetadata().build());
    round.written("documents", true);
    round.told(false);
  }

  private void pass(long millis) {
    now = now.plusMillis(millis);
  }

  private static long length(Step step) {
    return Duration.between(step.start(), step.end()).toMillis();
  }
}
