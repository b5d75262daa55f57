package cloud.thalassa.lb.bench;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.PortRange;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import cloud.thalassa.lb.dataplane.admit.SecurityRules;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Security rules of a load balancer, each with 10 sources and its own ports, behind one that denies
 * a wide network: made once for all its listeners, and asked at each accept.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked
public class SecurityRulesBenchmark {
  private static final long MAPPED = 0xffff_0000_0000L;
  private static final long TEN = 10L << 24;
  private static final int SOURCES = 10;

  @Param({"10", "1000", "10000"})
  public int cidrs;

  private List<SecurityRule> rules;
  private SecurityRules made;
  private int client;

  @Setup
  public void prepare() {
    var deny =
        new SecurityRule(
            "g/deny", RuleAction.DENY, RuleProtocol.ALL, null, List.of("10.128.0.0/9"));
    var allow = IntStream.range(0, cidrs / SOURCES).mapToObj(SecurityRulesBenchmark::rule);
    rules = Stream.concat(Stream.of(deny), allow).toList();
    made = SecurityRules.of(rules);
  }

  private static SecurityRule rule(int n) {
    return new SecurityRule(
        "g/r" + n,
        RuleAction.ALLOW,
        RuleProtocol.TCP,
        new PortRange(1 + n, 30_000 + n),
        IntStream.range(n * SOURCES, (n + 1) * SOURCES)
            .mapToObj(i -> "10.%d.%d.0/24".formatted(i / 256, i % 256))
            .toList());
  }

  @Benchmark
  public boolean admits() {
    client += 0x9e37_79b9;
    return made.admit(Protocol.TCP, 15_000, 0, MAPPED | TEN | (client >>> 8));
  }

  @Benchmark
  public SecurityRules make() {
    return SecurityRules.of(rules);
  }
}
