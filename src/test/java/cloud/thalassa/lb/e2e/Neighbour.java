package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.e2e.traffic.Client;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A tenant that does nothing but serve, and notices when it does not. */
final class Neighbour implements AutoCloseable {
  private static final long PAUSE_NANOS = 50_000_000;

  final Tenant tenant;
  final TargetPod pod;
  final String address;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> before;
  private final Client longLived;
  private final Thread asking;

  Neighbour(String purpose) throws IOException {
    tenant = new Tenant(purpose);
    pod = tenant.pod("web-1", "{app: web}", 8080);
    tenant.apply(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web}
        spec: {scheme: Internal, replicas: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: TargetGroup
        metadata: {name: web}
        spec:
          protocol: TCP
          port: 8080
          selector: {matchLabels: {app: web}}
          healthCheck: {intervalSeconds: 1, timeoutSeconds: 1, healthyThreshold: 1}
        ---
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: web}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: 80, targetGroupRef: {name: web}}
        """);
    address = tenant.dataplane("web");
    tenant.awaitReady("web");
    tenant.awaitCondition(TargetGroup.class, "web", "TargetsHealthy", "True", "AllHealthy");
    tenant.awaitCondition(LoadBalancer.class, "web", "Ready", "True", "Ready");
    before = state();
    longLived = new Client(address, 80);
    asking = Thread.ofVirtual().start(this::ask);
  }

  /** A new connection ten times a second, and something to say on an old one. */
  private void ask() {
    while (!stopped.get()) {
      try {
        if (!Client.ask(address, 80).equals("web-1")) {
          failures.add("somebody else answered");
        }
        longLived.exchange(1000);
      } catch (IOException e) {
        failures.add(e.toString());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Everything is as it was: every answer, every condition since when it holds, every document. */
  void isUnharmed() {
    assertThat(failures).isEmpty();
    assertThat(asking.isAlive()).isTrue();
    assertThat(state()).isEqualTo(before);
  }

  private List<String> state() {
    return List.of(
        conditions(LoadBalancer.class),
        conditions(Listener.class),
        conditions(TargetGroup.class),
        documents());
  }

  private String conditions(Class<? extends HasMetadata> kind) {
    var ready = kind == TargetGroup.class ? "TargetsHealthy" : "Ready";
    var condition = tenant.condition(kind, "web", ready);
    return kind.getSimpleName()
        + " "
        + condition.getStatus()
        + " since "
        + condition.getLastTransitionTime();
  }

  /** The API server counts the changes of what an object says. */
  private String documents() {
    return tenant.cluster.kubectl(
        "get",
        "forwardingconfigs,endpointslices,services,deployments,networkpolicies",
        "-n",
        tenant.namespace,
        "-o",
        "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.generation}{\"\\n\"}{end}");
  }

  @Override
  public void close() throws IOException {
    stopped.set(true);
    longLived.close();
    tenant.close();
    pod.close();
  }
}
