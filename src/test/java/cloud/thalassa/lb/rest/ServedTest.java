package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From REST to a relayed byte, with the operator and a dataplane. */
class ServedTest {
  private static final String ADDRESS = "10.77.250.1";

  @Test
  void whatIsMadeByRestIsServed() throws Exception {
    Platform.get();
    try (var customer = new Customer("served", 4);
        var machine = Machine.create(customer, "machine-served", ADDRESS);
        var backend = Backend.tcp("machine-served", ADDRESS, 30080)) {
      var group = customer.targetGroup("web");
      customer
          .post(
              "/v1/loadbalancer-target-groups/" + group + "/attachments",
              Map.of("attachments", List.of(Map.of("serverIdentity", machine.identity()))))
          .statusCode(200);
      var body = Bodies.loadBalancer("web", customer.subnet());
      body.put("internalLoadbalancer", true);
      body.put("listeners", List.of(Bodies.listener("http", 80, "tcp", group)));
      var balancer = customer.create("/v1/loadbalancers", body);
      await("it is ready")
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () ->
                  customer
                      .get("/v1/loadbalancers/" + balancer)
                      .body("status", is("ready"))
                      .body("externalIpAddresses", hasSize(1))
                      .body("internalIpAddresses", hasSize(1)));
      var pods =
          customer.api.cluster.node().pods(customer.namespace, Api.LOAD_BALANCER_LABEL, "web");
      var dataplane = customer.api.cluster.node().address(customer.namespace, pods.getFirst());
      assertThat(Client.ask(dataplane, 80)).isEqualTo("machine-served");
      assertThat(backend.served()).isPositive();
      customer.delete("/v1/loadbalancers/" + balancer).statusCode(204);
    }
  }
}
