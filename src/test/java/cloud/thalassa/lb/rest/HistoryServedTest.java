package cloud.thalassa.lb.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator, the health checker and a dataplane as pods, and what the history has of them. */
class HistoryServedTest {
  private static final String ADDRESS = "10.77.251.1";
  private static final String NODE = "10.78.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final List<String> TELLERS = List.of("operator", "healthchecker");

  @Test
  void whatHappensToALoadBalancerAndGoesThroughItIsThere() throws Exception {
    Platform.get();
    try (var broker = Broker.start("amqp", 5672);
        var customer = new Customer("told", 4);
        var machine = Machine.create(customer, "machine-told", ADDRESS);
        var backend = Backend.tcp("machine-told", ADDRESS, 30080)) {
      change(customer, broker.environment(NODE), true);
      var api = Api.another(customer.api.database, broker.environment());
      try {
        var balancer = serve(customer, machine);
        isTold(api, customer, balancer);
        isCounted(api, customer, balancer);
        assertThat(backend.served()).isPositive();
      } finally {
        api.stop();
      }
      change(customer, broker.environment(NODE), false);
    }
  }

  private static String serve(Customer customer, Machine machine) throws Exception {
    var group = customer.targetGroup("web");
    customer
        .put(
            "/v1/loadbalancer-target-groups/" + group,
            Bodies.with(
                Bodies.targetGroup("web", customer.vpc()),
                "healthCheck",
                Map.of("protocol", "tcp", "port", 30080, "periodSeconds", 5, "timeoutSeconds", 2)))
        .statusCode(200);
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
            () -> customer.get("/v1/loadbalancers/" + balancer).body("status", is("ready")));
    var pods =
        customer
            .api
            .cluster
            .node()
            .pods(customer.namespace, cloud.thalassa.lb.crds.Api.LOAD_BALANCER_LABEL, "web");
    var dataplane = customer.api.cluster.node().address(customer.namespace, pods.getFirst());
    assertThat(Client.ask(dataplane, 80)).isEqualTo("machine-told");
    return balancer;
  }

  private static void isTold(Api api, Customer customer, String balancer) throws Exception {
    var url = api.url() + "/v1/loadbalancers/" + balancer + "/events";
    try (var reader = new EventReader(url, customer.token, Map.of("Last-Event-ID", "0"))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(reader.data())
                      .anyMatch(it -> it.contains("LoadBalancer web: Ready is True"))
                      .anyMatch(it -> it.contains("Listener http: Accepted is True"))
                      .anyMatch(
                          it ->
                              it.contains(
                                  ADDRESS + ":30080 of target group web is healthy: connected")));
    }
  }

  private static void isCounted(Api api, Customer customer, String balancer) {
    await("its minute is over and told")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                RestAssured.given()
                    .header("Authorization", "Token " + customer.token)
                    .get(api.url() + "/v1/loadbalancers/" + balancer + "/usage")
                    .then()
                    .statusCode(200)
                    .body("listeners.name", hasItem("http"))
                    .body("listeners[0].points[0].connections", greaterThanOrEqualTo(1))
                    .body("listeners[0].points[0].bytesToClient", greaterThanOrEqualTo(1)));
  }

  /** As who has a Secret lb-events in the cluster, or has none any more. */
  private static void change(Customer customer, Map<String, String> environment, boolean with) {
    var deployments = TELLERS.stream().map(it -> deployment(customer, it)).toList();
    deployments.forEach(it -> it.edit(before -> changed(before, environment, with)));
    await("they are ready, and nobody else")
        .atMost(Duration.ofSeconds(90))
        .until(() -> deployments.stream().allMatch(it -> isNew(it.get())));
  }

  private static RollableScalableResource<Deployment> deployment(Customer customer, String name) {
    var deployments = customer.client().apps().deployments();
    return deployments.inNamespace("thalassa-system").withName(name);
  }

  private static Deployment changed(
      Deployment deployment, Map<String, String> environment, boolean with) {
    var container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    var variables = container.getEnv();
    variables.removeIf(variable -> environment.containsKey(variable.getName()));
    if (with) {
      environment.forEach((name, value) -> variables.add(new EnvVar(name, value, null)));
    }
    return deployment;
  }

  private static boolean isNew(Deployment deployment) {
    var status = deployment.getStatus();
    return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
        && deployment.getSpec().getReplicas().equals(status.getUpdatedReplicas())
        && deployment.getSpec().getReplicas().equals(status.getReplicas())
        && deployment.getSpec().getReplicas().equals(status.getReadyReplicas());
  }
}
