package cloud.thalassa.lb.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.operator.compile.Ref;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case in {@code src/test/resources/gateway}: Gateways, routes and what they depend on in
 * {@code in.yaml}, and what they mean in {@code out.yaml}. {@code -Dgolden.update=true} rewrites
 * the meanings; the difference is the review.
 */
class GatewayGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/gateway");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> means() throws IOException {
    try (var dirs = Files.list(CASES)) {
      return dirs.sorted().toList().stream()
          .map(dir -> DynamicTest.dynamicTest(dir.getFileName().toString(), () -> check(dir)));
    }
  }

  @Test
  void theExampleIsUnderstood() throws IOException {
    var example = GatewayCase.read(Path.of("../examples/gateway/web.yaml")).world();
    var objects = new ArrayList<>(example.objects());
    objects.forEach(object -> object.getMetadata().setNamespace("shop"));
    objects.addAll(
        GatewayCase.read(Path.of("../examples/gateway/gatewayclass.yaml")).world().objects());
    var world = new Snapshot(objects);
    var gateway = world.served(new Ref("shop", "web"));
    var meaning = Translation.of(gateway, world, null);
    assertThat(meaning.objects().remarks()).isEmpty();
    assertThat(meaning.objects().listeners()).hasSize(1);
    assertThat(meaning.backends()).hasSize(1);
    assertThat(RouteStatuses.of(world.all(TcpRoute.class).findFirst().get(), world, Instant.EPOCH))
        .singleElement()
        .satisfies(
            parent ->
                assertThat(parent.getConditions())
                    .extracting(Condition::getStatus)
                    .containsOnly("True"));
  }

  private static void check(Path dir) throws IOException {
    var meaning = GatewayCase.read(dir.resolve("in.yaml")).meaning();
    var out = dir.resolve("out.yaml");
    if (UPDATE) {
      Files.writeString(out, meaning);
    }
    assertThat(meaning).isEqualTo(Files.readString(out));
  }
}
