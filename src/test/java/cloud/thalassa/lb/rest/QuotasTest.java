package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final String PATH = "/v1/quotas";
  private static final Customer CUSTOMER = new Customer("quotas");
  private static final Customer OTHER = new Customer("quotas-other");

  @AfterAll
  static void leave() {
    CUSTOMER.close();
    OTHER.close();
  }

  private static Map<String, Object> increase(String name, long most) {
    return Map.of("name", name, "newMaxUsage", most, "reason", "<b>we grow</b>");
  }

  @Test
  void tellsWhatThereIsAndWhatMayBe() {
    OTHER.loadBalancer("one");
    OTHER
        .get(PATH)
        .statusCode(200)
        .body("name", hasItems("loadbalancers", "vpcs", "subnets", "reserved-ips"))
        .body("createdAt", hasItems(notNullValue()))
        .body("find { it.name == 'loadbalancers' }.currentUsage", is(1))
        .body("find { it.name == 'loadbalancers' }.maxUsage", is(1000));
    OTHER
        .get(PATH + "/vpcs")
        .statusCode(200)
        .body("currentUsage", is(1))
        .body("quotaType", is("count"))
        .body("organisation.slug", is(OTHER.slug))
        .body("increaseRequests", empty());
    OTHER.get(PATH + "/mansions").statusCode(404);
  }

  @Test
  void moreIsAskedForAndGranted() {
    CUSTOMER.api.database.execute(
        "insert into quota (organisation, name, max_usage) values (?, 'loadbalancers', 1)",
        CUSTOMER.organisation);
    await("the quota holds")
        .untilAsserted(() -> CUSTOMER.get(PATH + "/loadbalancers").body("maxUsage", is(1)));
    CUSTOMER.loadBalancer("first");
    var body = Bodies.loadBalancer("second", CUSTOMER.subnet());
    CUSTOMER
        .post("/v1/loadbalancers", body)
        .statusCode(409)
        .body("message", containsString("quota loadbalancers: your organisation may have 1"));
    var request =
        CUSTOMER
            .post(PATH + "/increase-requests", increase("loadbalancers", 2))
            .statusCode(201)
            .body("decision", is("pending"))
            .body("newMaxUsageRequested", is(2))
            .body("requestedReasonMessage", is("<b>we grow</b>"))
            .extract()
            .<String>path("identity");
    CUSTOMER.get(PATH + "/loadbalancers").body("increaseRequests.identity", hasItems(request));
    OTHER.get(PATH + "/loadbalancers").body("increaseRequests", empty());
    CUSTOMER.api.database.execute("select decide(?, true, 'welcome')", request);
    await("it is granted")
        .untilAsserted(() -> CUSTOMER.get(PATH + "/loadbalancers").body("maxUsage", is(2)));
    CUSTOMER
        .get(PATH + "/loadbalancers")
        .body("increaseRequests[0].decision", is("approved"))
        .body("increaseRequests[0].decisionReason", is("welcome"));
    CUSTOMER.post("/v1/loadbalancers", body).statusCode(201);
  }

  @Test
  void requestsAreBoundedAndMakeSense() {
    var path = PATH + "/increase-requests";
    OTHER.post(path, increase("mansions", 5)).statusCode(404);
    OTHER
        .post(path, increase("subnets", 50))
        .statusCode(400)
        .body("message", is("newMaxUsage: 50 is not more than the 50 of now"));
    OTHER.post(path, Map.of("name", "subnets")).statusCode(400);
    OTHER.post(path, "{\"name\": \"subnets\", \"newMaxUsage\": \"x\"}").statusCode(400);
    for (int i = 0; i < 20; i++) {
      OTHER.post(path, increase("subnets", 51 + i)).statusCode(201);
    }
    OTHER
        .post(path, increase("subnets", 99))
        .statusCode(409)
        .body("message", containsString("wait for an answer already"));
    OTHER.get(PATH + "/subnets").body("increaseRequests", hasSize(20));
  }
}
