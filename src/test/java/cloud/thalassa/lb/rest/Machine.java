package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import io.fabric8.kubernetes.api.model.NodeBuilder;

/** A node of the cluster that a customer can attach. */
record Machine(String name, String identity) implements AutoCloseable {
  static Machine create(Customer customer, String name, String address) {
    var node = new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
    customer.client().resource(node).create();
    customer
        .client()
        .nodes()
        .withName(name)
        .editStatus(
            it ->
                it.edit()
                    .editOrNewStatus()
                    .addNewAddress(address, "InternalIP")
                    .endStatus()
                    .build());
    var path = "/v1/machines/" + name;
    await("the machine " + name)
        .untilAsserted(
            () -> customer.get(path).body("interfaces[0].ipAddresses", contains(address)));
    return new Machine(name, customer.get(path).extract().path("identity"));
  }

  @Override
  public void close() {
    Api.get().cluster.client().nodes().withName(name).delete();
  }
}
