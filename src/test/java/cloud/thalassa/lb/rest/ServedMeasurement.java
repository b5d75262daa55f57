package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.Figures;
import cloud.thalassa.lb.e2e.Platform;
import cloud.thalassa.lb.e2e.traffic.Backend;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * From {@code POST /v1/loadbalancers} to a byte, each with the start of a replica. A second one,
 * for which clusters have another node, would only take the first one's processors. Not a test.
 */
class ServedMeasurement {
  private static final int TRIES = 40;
  private static final String ADDRESS = "10.77.250.1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void createToFirstByte() throws Exception {
    Platform.get();
    var answers = new Figures("create by REST to the answer");
    var bytes = new Figures("create by REST to the first byte, with the start of a replica");
    var first = new Figures("the same, the first that an operator serves");
    try (var customer = new Customer("first-byte", 1);
        var slices = follow(customer);
        var machine = Machine.create(customer, "machine-first-byte", ADDRESS);
        var backend = Backend.tcp("machine-first-byte", ADDRESS, 30080)) {
      var group = customer.targetGroup("web");
      customer
          .post(
              "/v1/loadbalancer-target-groups/" + group + "/attachments",
              Map.of("attachments", List.of(Map.of("serverIdentity", machine.identity()))))
          .statusCode(200);
      measure(customer, slices, "first", group, new Figures("its answer"), first);
      System.out.println(first);
      for (int i = 0; i < TRIES; i++) {
        measure(customer, slices, "web-" + i, group, answers, bytes);
      }
      System.out.println(answers);
      System.out.println(bytes);
      System.out.println("| connections that arrived | " + backend.served() + " |");
    }
  }

  /** As kube-proxy does: whoever asks again and again takes the processors of the start. */
  private static SharedIndexInformer<EndpointSlice> follow(Customer customer) {
    var slices = customer.client().resources(EndpointSlice.class);
    return slices.inNamespace(customer.namespace).inform();
  }

  private static void measure(
      Customer customer,
      SharedIndexInformer<EndpointSlice> slices,
      String name,
      String group,
      Figures answers,
      Figures bytes) {
    var body = Bodies.loadBalancer(name, customer.subnet());
    body.put("internalLoadbalancer", true);
    body.put("listeners", List.of(Bodies.listener("http-" + name, 80, "tcp", group)));
    var from = System.nanoTime();
    var balancer = customer.create("/v1/loadbalancers", body);
    answers.add(from, System.nanoTime());
    await(name + " serves")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .ignoreExceptions()
        .until(
            () -> {
              var replica = Customer.replica(slices.getStore().list(), name);
              return Client.ask(replica, 80).equals("machine-first-byte");
            });
    bytes.add(from, System.nanoTime());
    customer.delete("/v1/loadbalancers/" + balancer).statusCode(204);
    await(name + " is gone").atMost(PATIENCE).until(() -> customer.objects(Pod.class).isEmpty());
  }
}
