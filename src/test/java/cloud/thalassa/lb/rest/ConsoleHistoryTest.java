package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import cloud.thalassa.lb.crds.HealthState;
import cloud.thalassa.lb.crds.event.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the page of a load balancer shows of what was. */
class ConsoleHistoryTest {
  private static final Customer CUSTOMER = new Customer("console-history");
  private static final Signed SIGNED = Signed.in(CUSTOMER);

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  private static String page(String balancer) {
    return SIGNED
        .get("/console/loadbalancers/" + balancer)
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  @Test
  void withoutABrokerItSaysThatNothingIsKept() {
    assertThat(page(CUSTOMER.loadBalancer("untold")))
        .contains("Nothing is kept here: this installation has no broker for it.")
        .doesNotContain("Nothing went through it");
  }

  @Test
  void eventsAreWordsAndWhatAUserWroteIsText() {
    var balancer = CUSTOMER.loadBalancer("told");
    var name = CUSTOMER.namespace + "/told";
    EventsTest.store(
        CUSTOMER,
        new Event.Lifecycle(
            name,
            "LoadBalancer",
            name,
            "Ready",
            "False",
            "NoAddress",
            "<script>alert(1)</script>"));
    EventsTest.store(CUSTOMER, new Event.Failover(name, "The node died.", "2026-11-29T20:00:00Z"));
    assertThat(page(balancer))
        .contains(
            "LoadBalancer told: Ready is False (NoAddress): &lt;script&gt;alert(1)&lt;/script&gt;",
            "The node died.",
            "Failover",
            "Nothing went through it. Minutes are shown when they are over.")
        .doesNotContain("<script>alert");
    assertThat(page(balancer).indexOf("The node died."))
        .as("the newest first")
        .isLessThan(page(balancer).indexOf("NoAddress"));
  }

  @Test
  void whatWentThroughListenersIsALine() {
    var balancer = CUSTOMER.loadBalancer("used");
    CUSTOMER.create(
        "/v1/loadbalancers/" + balancer + "/listeners",
        Bodies.listener("http", 80, "tcp", CUSTOMER.targetGroup("used")));
    EventsTest.store(
        CUSTOMER,
        new Event.Health(
            CUSTOMER.namespace + "/used",
            CUSTOMER.namespace + "/used",
            "10.0.0.7",
            8080,
            HealthState.UNHEALTHY,
            "connection refused"));
    var minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    UsageTest.store(CUSTOMER, "used", "used-http", minute, 40, 1_000, 2_000_000);
    UsageTest.store(CUSTOMER, "used", "used-http", minute, 2, 1_000, 1_000_000);
    assertThat(page(balancer))
        .contains(
            "Begun: 42/min now, at most 42/min in the last 60 minutes",
            "To targets: 2 kB/min now",
            "To clients: 3 MB/min now",
            "10.0.0.7:8080 of target group used is unhealthy: connection refused");
  }

  @Test
  void theDatabaseOfOthersIsNotShown() {
    try (var stranger = new Customer("console-history-stranger")) {
      var balancer = CUSTOMER.loadBalancer("hidden");
      EventsTest.store(
          CUSTOMER,
          new Event.Failover(CUSTOMER.namespace + "/hidden", "Hidden.", "2026-11-29T20:00:00Z"));
      Signed.in(stranger).get("/console/loadbalancers/" + balancer).then().statusCode(404);
      SIGNED
          .get("/console/loadbalancers/" + balancer + "/live")
          .then()
          .body(containsString("Hidden."));
    }
  }
}
