package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.LoadBalancer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is asked to go ends what it has begun, and says first that it goes. */
class ShutdownTest {
  @Test
  void whatIsBeingAnsweredIsAnswered() throws Exception {
    try (var customer = new Customer("leaving")) {
      var api =
          Api.another(
              customer.api.database,
              Map.of("THALASSA_ADDRESS_PATIENCE", "4S", "QUARKUS_SHUTDOWN_DELAY", "3S"));
      var body = Bodies.loadBalancer("last", customer.subnet());
      var answer =
          CompletableFuture.supplyAsync(
              () ->
                  given()
                      .header("Authorization", "Token " + customer.token)
                      .contentType("application/json")
                      .body(body)
                      .post(api.url() + "/v1/loadbalancers")
                      .statusCode());
      await("it waits for an address that does not come")
          .until(() -> customer.object(LoadBalancer.class, "last") != null);
      var stopped = CompletableFuture.runAsync(api::stop);
      await("it says that it goes")
          .untilAsserted(
              () ->
                  assertThat(given().get(api.url() + "/q/health/ready").statusCode())
                      .isEqualTo(503));
      assertThat(
              given()
                  .header("Authorization", "Token " + customer.token)
                  .get(api.url() + "/v1/loadbalancers")
                  .statusCode())
          .as("and goes on serving for a moment")
          .isEqualTo(200);
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(201);
      stopped.get(30, TimeUnit.SECONDS);
    }
  }
}
