package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.restassured.response.ValidatableResponse;
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
      assertThat(Client.ask(customer.replica("web"), 80)).isEqualTo("machine-served");
      assertThat(backend.served()).isPositive();
      isHealthy(customer, balancer);
      isExplained(customer, balancer);
      customer.delete("/v1/loadbalancers/" + balancer).statusCode(204);
    }
  }

  private static void isHealthy(Customer customer, String balancer) {
    customer
        .get("/v1/loadbalancers/" + balancer + "/health")
        .statusCode(200)
        .body("loadbalancer.identity", is(balancer))
        .body("targetGroups[0].targetGroup.name", is("web"))
        .body("targetGroups[0].status", is("healthy"))
        .body("targetGroups[0].targets.address", contains(ADDRESS));
  }

  /** A replica says what {@link Client} has just seen. */
  private static void isExplained(Customer customer, String balancer) {
    String address =
        customer.get("/v1/loadbalancers/" + balancer).extract().path("externalIpAddresses[0]");
    explain(customer, balancer, address + ":80")
        .statusCode(200)
        .body("replica", startsWith("lb-web-"))
        .body("listener.name", is("http"))
        .body("targetGroups.name", contains("web"))
        .body("explanation.admitted", is(true))
        .body("explanation.targets.address", contains(ADDRESS + ":30080"))
        .body("explanation.targets.candidate", contains(true));
    explain(customer, balancer, address + ":81")
        .statusCode(200)
        .body("explanation.admitted", is(false))
        .body("explanation.summary", containsString("No listener takes TCP " + address + ":81"));
    explain(customer, balancer, "192.0.2.45:80")
        .statusCode(400)
        .body("message", containsString("is not an address of the load balancer"));
  }

  private static ValidatableResponse explain(Customer customer, String balancer, String to) {
    return customer
        .as()
        .queryParam("from", "198.51.100.7:4431")
        .queryParam("to", to)
        .get("/v1/loadbalancers/" + balancer + "/explain")
        .then();
  }
}
