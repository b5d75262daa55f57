package cloud.thalassa.lb.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.e2e.kube.Cluster;
import org.junit.jupiter.api.Test;

class ApiServerTest {
  @Test
  void knowsOurKinds() {
    var cluster = Cluster.get();
    var namespace = cluster.namespace("kinds");
    assertThat(cluster.kubectl("get", "lb,lbl,tg,sg", "-n", namespace)).contains("No resources");
  }

  @Test
  void keepsItsDataWhenItIsKilled() {
    var cluster = Cluster.get();
    var namespace = cluster.namespace("kept");
    cluster.api().kill();
    cluster.api().start();
    assertThat(cluster.client().namespaces().withName(namespace).get()).isNotNull();
  }
}
