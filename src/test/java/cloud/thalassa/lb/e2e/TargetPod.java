package cloud.thalassa.lb.e2e;

import cloud.thalassa.lb.e2e.kube.TestPods;
import cloud.thalassa.lb.e2e.traffic.Backend;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** A Pod object whose status the test writes, and the backend that stands for its container. */
final class TargetPod implements AutoCloseable {
  private final Tenant tenant;
  private final String name;
  private final String address;
  private final String protocol;
  private final int port;
  private Backend backend;

  private TargetPod(Tenant tenant, String name, String address, String protocol, int port) {
    this.tenant = tenant;
    this.name = name;
    this.address = address;
    this.protocol = protocol;
    this.port = port;
  }

  /**
   * Running and ready, with a container port named {@code app}.
   *
   * @param labels in YAML, such as {@code {app: web}}
   */
  static TargetPod create(Tenant tenant, String name, String labels, String protocol, int port) {
    var pod = new TargetPod(tenant, name, Tenant.newAddress(), protocol, port);
    pod.revive();
    tenant.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: %s}
        spec:
          nodeName: node-1
          terminationGracePeriodSeconds: 3600
          securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
          containers:
          - name: app
            image: tests/backend
            ports: [{name: app, containerPort: %d, protocol: %s}]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """
            .formatted(name, labels, port, protocol));
    pod.ready(true);
    return pod;
  }

  void ready(boolean ready) {
    TestPods.report(tenant.client, tenant.namespace, name, address, ready);
  }

  void label(String key, String value) {
    tenant
        .client
        .pods()
        .inNamespace(tenant.namespace)
        .withName(name)
        .edit(
            pod ->
                new PodBuilder(pod).editMetadata().addToLabels(key, value).endMetadata().build());
  }

  /** The process dies, and with it its connections; its Pod stays ready. */
  void die() {
    backend.close();
  }

  void revive() {
    backend =
        protocol.equals("TCP")
            ? Backend.tcp(name, address, port)
            : Backend.udp(name, address, port);
  }

  /** Deleted by its owner: it terminates, and goes on serving, until {@link #gone}. */
  void delete() {
    tenant.delete(Pod.class, name);
  }

  /** What a kubelet does at last. */
  void gone() {
    tenant.client.pods().inNamespace(tenant.namespace).withName(name).withGracePeriod(0).delete();
    backend.close();
  }

  String address() {
    return address;
  }

  long served() {
    return backend.served();
  }

  @Override
  public void close() {
    backend.close();
  }
}
