package cloud.thalassa.lb.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** A pod that exists as an object, about as large as a small real one. */
record TargetPod(String namespace, String name, String group, int number) {
  private static final int OF_A_BLOCK = 250;

  /** In the tests' network, where every address is this machine. */
  String address() {
    return "10.77.%d.%d".formatted(4 + number / OF_A_BLOCK, number % OF_A_BLOCK + 1);
  }

  Pod object(int nodes) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels("app", group)
        .addToLabels("app.kubernetes.io/part-of", "shop")
        .addToLabels("pod-template-hash", "5c9f8b7d6")
        .addToAnnotations("example.org/config-checksum", "0f343b0931126a20f133d67c2b018a3b")
        .endMetadata()
        .withNewSpec()
        .withNodeName(Stock.node(number % nodes))
        .addNewContainer()
        .withName("web")
        .withImage("registry.example.org/shop/web:1.4.2")
        .addNewEnv()
        .withName("POOL_SIZE")
        .withValue("16")
        .endEnv()
        .addNewPort()
        .withName("http")
        .withContainerPort(8080)
        .endPort()
        .withNewResources()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("128Mi"))
        .endResources()
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/ready")
        .withNewPort("http")
        .endHttpGet()
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .build();
  }
}
