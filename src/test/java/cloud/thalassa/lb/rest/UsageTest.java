package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What went through listeners, as clients read it. */
class UsageTest {
  private static final Customer CUSTOMER = new Customer("usage");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  /** As the intake does it. */
  static void store(
      Customer customer,
      String balancer,
      String listener,
      String minute,
      long connections,
      long toTarget,
      long toClient) {
    customer.api.database.execute(
        "insert into usage (organisation, load_balancer, minute, listener, source, connections,"
            + " bytes_to_target, bytes_to_client) values (?, ?, cast(? as timestamptz), ?, ?, ?, ?, ?)",
        customer.organisation,
        customer.namespace + "/" + balancer,
        minute,
        customer.namespace + "/" + listener,
        "replica-" + connections,
        connections,
        toTarget,
        toClient);
  }

  @Test
  void replicasAreAddedUpByMinuteOrHour() {
    var balancer = CUSTOMER.loadBalancer("counted");
    var group = CUSTOMER.targetGroup("counted");
    var listener =
        CUSTOMER.create(
            "/v1/loadbalancers/" + balancer + "/listeners",
            Bodies.listener("http", 80, "tcp", group));
    // of the load balancer that is there now: later than it was made
    var hour = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    var first = hour.plus(5, ChronoUnit.MINUTES).toString();
    var second = hour.plus(6, ChronoUnit.MINUTES).toString();
    store(CUSTOMER, "counted", "counted-http", first, 1, 10, 100);
    store(CUSTOMER, "counted", "counted-http", first, 2, 20, 200);
    store(CUSTOMER, "counted", "counted-http", second, 4, 40, 400);
    store(CUSTOMER, "counted", "gone", second, 8, 80, 8_000_000_000L);
    store(CUSTOMER, "counted", "counted-http", hour.plus(2, ChronoUnit.HOURS).toString(), 16, 1, 1);
    var to = hour.plus(1, ChronoUnit.HOURS);
    var path = "/v1/loadbalancers/%s/usage?from=%s&to=%s".formatted(balancer, hour, to);
    var slug = CUSTOMER.get("/v1/loadbalancers/" + balancer).extract().<String>path("slug");
    var head =
        """
        {"loadbalancer":{"identity":"%s","name":"counted","slug":"%s"},"from":"%s","to":"%s","""
            .formatted(balancer, slug, hour, to);
    assertThat(CUSTOMER.get(path).statusCode(200).extract().asString())
        .isEqualTo(
            head
                + """
                "step":"minute","listeners":[\
                {"identity":"%3$s","name":"http","points":[\
                {"at":"%1$s","connections":3,"bytesToTarget":30,"bytesToClient":300},\
                {"at":"%2$s","connections":4,"bytesToTarget":40,"bytesToClient":400}]},\
                {"name":"gone","points":[{"at":"%2$s","connections":8,"bytesToTarget":80,"bytesToClient":8000000000}]}]}"""
                    .formatted(first, second, listener));
    CUSTOMER
        .get(path + "&step=hour")
        .statusCode(200)
        .body("step", is("hour"))
        .body("listeners[0].points.size()", is(1))
        .body("listeners[0].points[0].at", is(hour.toString()))
        .body("listeners[0].points[0].connections", is(7));
    CUSTOMER
        .get("/v1/loadbalancers/" + balancer + "/usage")
        .statusCode(200)
        .body("step", is("minute"))
        .body("listeners.size()", is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from=yesterday                                        | from: must be a time such as 2026-11-29T20:00:00Z
          to=2026-11-29                                         | to: must be a time such as 2026-11-29T20:00:00Z
          from=2026-11-29T20:00:00Z&to=2026-11-29T20:00:00Z     | from: must be before to
          from=2026-11-01T20:00:00Z&to=2026-11-29T20:00:00Z&step=minute | from: minutes are shown of a day at most
          from=2025-11-01T20:00:00Z&to=2026-11-29T20:00:00Z     | from: hours are shown of 92 days at most
          step=day                                              | step: must be minute or hour
          """)
  void namesTheParameterThatIsWrong(String query, String sentence) {
    var balancer = CUSTOMER.loadBalancer("asked");
    CUSTOMER
        .get("/v1/loadbalancers/" + balancer + "/usage?" + query)
        .statusCode(400)
        .body("message", is(sentence));
  }
}
