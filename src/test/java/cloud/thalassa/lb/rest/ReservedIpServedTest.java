package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.e2e.Platform;
import java.time.Duration;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

/** What the operator makes of reserved IPs: the address outlives its load balancers. */
class ReservedIpServedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void isGivenToOneAfterTheOther() {
    Platform.get();
    try (var customer = new Customer("reserved")) {
      customer.apply(
          """
          apiVersion: lb.thalassa.cloud/v1alpha1
          kind: Subnet
          metadata: {name: reserved}
          spec: {addressPools: [198.51.100.32/28]}
          """);
      var reserved =
          customer.create("/v1/reserved-ips", Map.of("name", "door", "region", Api.REGION));
      String address = customer.get("/v1/reserved-ips/" + reserved).extract().path("ipv4Address");
      var body = Bodies.loadBalancer("first", customer.subnet());
      body.put("reservedIpId", reserved);
      var first = customer.create("/v1/loadbalancers", body);
      awaitAddress(customer, first, is(address));

      customer.delete("/v1/loadbalancers/" + first).statusCode(204);
      customer.get("/v1/reserved-ips/" + reserved).body("status", is("available"));
      body.put("name", "second");
      var second = customer.create("/v1/loadbalancers", body);
      awaitAddress(customer, second, is(address));

      customer
          .as()
          .post("/v1/reserved-ips/" + reserved + "/disassociate")
          .then()
          .statusCode(200)
          .body("status", is("available"));
      awaitAddress(customer, second, not(address));
      await("the claim reserves, and nobody has it")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(claim(customer, address).getSpec().loadBalancer()).isNull());
      assertThat(claim(customer, address).getSpec().reservedFor()).isNotNull();
      customer.delete("/v1/reserved-ips/" + reserved).statusCode(204);
      assertThat(claim(customer, address)).isNull();
    }
  }

  private static void awaitAddress(Customer customer, String balancer, Matcher<String> address) {
    await("an address of " + balancer)
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                customer
                    .get("/v1/loadbalancers/" + balancer)
                    .body("externalIpAddresses", contains(address)));
  }

  private static AddressClaim claim(Customer customer, String address) {
    return customer.client().resources(AddressClaim.class).withName(address).get();
  }
}
