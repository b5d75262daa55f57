package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of {@code examples/rest}, as somebody gives them. */
class ExamplesTest {
  private static final String ADDRESS = "10.77.252.1";

  @Test
  void fromNothingToTraffic() throws Exception {
    Platform.get();
    try (var customer = new Customer("example", 4);
        var _ = Machine.create(customer, "machine-example", ADDRESS);
        var backend = Backend.tcp("machine-example", ADDRESS, 30080)) {
      var script = run(customer, "");
      assertThat(script.exitCode(90)).as(script::output).isZero();
      assertThat(script.output()).contains("\"status\": \"ready\"", "\"externalIpAddresses\": [");
      assertThat(Client.ask(customer.replica("web"), 80)).isEqualTo("machine-example");
      assertThat(backend.served()).isPositive();
    }
  }

  @Test
  void whatIsRefusedIsSaid() throws Exception {
    try (var customer = new Customer("example-refused", 4)) {
      var script = run(customer, "x");
      assertThat(script.exitCode(30)).isOne();
      assertThat(script.output())
          .isEqualTo("GET /vpcs: 401 Authorization: the token is unknown, expired or revoked\n");
    }
  }

  private static Child run(Customer customer, String wrong) throws IOException {
    var directory = KubeTools.empty("example");
    return Child.start(
        "web.sh",
        directory.resolve("web.log"),
        Map.of(
            "API",
            customer.api.url(),
            "TOKEN",
            customer.token + wrong,
            "ORGANISATION",
            customer.slug,
            "INTERNAL",
            "true"),
        List.of(KubeTools.REPOSITORY.resolve("examples/rest/web.sh").toString()));
  }
}
