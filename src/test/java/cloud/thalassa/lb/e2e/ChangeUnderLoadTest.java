package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.e2e.traffic.Client;
import cloud.thalassa.lb.e2e.traffic.Load;
import org.junit.jupiter.api.Test;

/** Listeners are added, changed and removed: no connection of another listener notices. */
class ChangeUnderLoadTest {
  @Test
  void noChangeCutsAConnection() throws Exception {
    Platform.get();
    try (var tenant = new Tenant("change");
        var one = tenant.pod("web-1", "{app: web}", 8080);
        var two = tenant.pod("web-2", "{app: web}", 8080)) {
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
          spec: {protocol: TCP, port: 8080, selector: {matchLabels: {app: web}}}
          """);
      tenant.apply(listener("steady", 80, 6000));
      var address = tenant.dataplane("web");
      tenant.awaitReady("steady");
      try (var load = Load.start(address, 80)) {
        tenant.apply(listener("second", 81, 6000)); // added
        tenant.awaitReady("second");
        var second = new Client(address, 81);

        tenant.apply(listener("second", 82, 6000)); // moved to another port
        await().atMost(Tenant.PATIENCE).ignoreExceptions().until(() -> answers(address, 82));
        awaitClosed(address, 81);
        second.exchange(1000); // the old port drains

        tenant.apply(listener("steady", 80, 3000)); // the loaded one itself changes
        tenant.awaitReady("steady");

        tenant.delete(Listener.class, "second"); // removed
        awaitClosed(address, 82);
        second.exchange(1000);
        second.close();

        var before = load.opened();
        await().atMost(Tenant.PATIENCE).until(() -> load.opened() > before + 100);
        var result = load.stop();
        assertThat(result.cut()).isEmpty();
        assertThat(result.refused()).isEmpty();
        assertThat(one.served()).isPositive();
        assertThat(two.served()).isPositive();
      }
    }
  }

  private static boolean answers(String address, int port) throws Exception {
    return Client.ask(address, port).startsWith("web-");
  }

  private static void awaitClosed(String address, int port) {
    await("port " + port + " is closed")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(() -> assertThatIOException().isThrownBy(() -> Client.ask(address, port)));
  }

  private static String listener(String name, int port, int idleTimeout) {
    return """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s}
        spec:
          loadBalancerRef: {name: web}
          protocol: TCP
          port: %d
          idleTimeoutSeconds: %d
          targetGroupRef: {name: web}
        """
        .formatted(name, port, idleTimeout);
  }
}
