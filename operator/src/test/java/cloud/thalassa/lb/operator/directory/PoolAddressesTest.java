package cloud.thalassa.lb.operator.directory;

import static cloud.thalassa.lb.operator.directory.OperatorDirectory.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.Subnet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of a Subnet are bound as they are. */
class PoolAddressesTest {
  private static final String SUBNET =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Subnet
      metadata: {name: pool}
      spec: {default: true, addressPools: [%s]}
      """;

  @TempDir Path root;

  private OperatorDirectory directory;

  @BeforeEach
  void directory() throws IOException {
    directory = new OperatorDirectory(root);
  }

  @AfterEach
  void stop() {
    directory.stop();
  }

  @Test
  void bindsAddressesOfPoolsAndKeepsThem() throws Exception {
    var pool = SUBNET.formatted("127.0.0.5-127.0.0.6");
    directory.write("subnet.yaml", pool);
    directory.write("web.yaml", WEB);
    directory.write("y.yaml", loadBalancer("old") + "---\n" + loadBalancer("young"));
    directory.start();
    await().untilAsserted(() -> assertThat(directory.boundBy("web")).containsExactly("127.0.0.5"));
    await().untilAsserted(() -> assertThat(directory.boundBy("old")).containsExactly("127.0.0.6"));
    await()
        .untilAsserted(
            () ->
                assertThat(directory.accepted(LoadBalancer.class, "young").getMessage())
                    .contains("Subnet pool has no free IPv4 address"));
    await()
        .untilAsserted(
            () ->
                assertThat(directory.statuses(Subnet.class))
                    .extracting(it -> it.getStatus().allocated(), it -> it.getStatus().available())
                    .containsExactly(tuple(2L, 0L)));

    directory.stop();
    directory.write("a.yaml", loadBalancer("a")); // older, by the order of the files
    directory.start();
    await().untilAsserted(() -> assertThat(directory.statuses(LoadBalancer.class)).hasSize(4));
    assertThat(directory.boundBy("web")).containsExactly("127.0.0.5");

    directory.delete("web.yaml");
    await().untilAsserted(() -> assertThat(directory.boundBy("a")).containsExactly("127.0.0.5"));
    assertThat(directory.documents(AddressClaim.class)).hasSize(2);
  }

  @Test
  void withoutASubnetNothingIsAllocated() throws Exception {
    directory.write("web.yaml", WEB);
    directory.start();
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8080));
    assertThat(directory.boundBy("web")).isEmpty();
    assertThat(directory.documents(AddressClaim.class)).isEmpty();
  }

  private static String loadBalancer(String name) {
    return """
    apiVersion: lb.thalassa.cloud/v1alpha1
    kind: LoadBalancer
    metadata: {name: %s}
    """
        .formatted(name);
  }
}
