package cloud.thalassa.lb.rest;

import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no question; {@link ServedTest} asks some. */
class ExplainTest {
  private static final Customer CUSTOMER = new Customer("explain");
  private static final String BALANCER = CUSTOMER.loadBalancer("front");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1,     192.0.2.1:80,         tcp,  from",
    "'',               192.0.2.1:80,         tcp,  from",
    "198.51.100.1:1,   web:80,               tcp,  to",
    "198.51.100.1:1,   192.0.2.1:70000,      tcp,  to",
    "198.51.100.1:1,   '<b>'';--',           tcp,  to",
    "198.51.100.1:1,   192.0.2.1:80,         sctp, protocol"
  })
  void namesTheParameterThatIsWrong(String from, String to, String protocol, String named) {
    ask(from, to, protocol).statusCode(400).body("message", startsWith(named + ": must be "));
  }

  private static ValidatableResponse ask(String from, String to, String protocol) {
    return CUSTOMER
        .as()
        .queryParam("from", from)
        .queryParam("to", to)
        .queryParam("protocol", protocol)
        .get("/v1/loadbalancers/" + BALANCER + "/explain")
        .then();
  }
}
