package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.Protocol;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.junit.jupiter.api.Test;

class PodTargetTest {
  @Test
  void aPodWithNothingIsNoTargetYet() {
    var pod = new PodBuilder().withNewMetadata().withNamespace("shop").withName("p").endMetadata();
    var target = PodTarget.of(pod.build(), null, Site.CLUSTER);
    assertThat(target.ips()).isEmpty();
    assertThat(target.ready()).isFalse();
    assertThat(target.finished()).isFalse();
    assertThat(target.terminating()).isFalse();
  }

  @Test
  void withoutAReadyConditionADirectorysPodIsReady() {
    var pod = new PodBuilder().withNewMetadata().withNamespace("shop").withName("p").endMetadata();
    assertThat(PodTarget.of(pod.build(), null, Site.DIRECTORY).ready()).isTrue();
    var unready =
        pod.withNewStatus().addNewCondition().withType("Ready").withStatus("False").endCondition();
    assertThat(PodTarget.of(unready.endStatus().build(), null, Site.DIRECTORY).ready()).isFalse();
  }

  @Test
  void thePrimaryAddressComesFirstAndEachOnce() {
    var pod =
        new PodBuilder(World.pod("p", "web", "10.0.0.1"))
            .editStatus()
            .addNewPodIP("fd00::1")
            .addNewPodIP("10.0.0.1")
            .endStatus()
            .build();
    assertThat(PodTarget.of(pod, null, Site.CLUSTER).ips()).containsExactly("10.0.0.1", "fd00::1");
  }

  @Test
  void namedPortsKnowTheirProtocol() {
    var pod =
        new PodBuilder(World.pod("p", "web", "10.0.0.1"))
            .withNewSpec()
            .addNewContainer()
            .addNewPort()
            .withName("dns")
            .withContainerPort(53)
            .endPort()
            .addNewPort()
            .withName("dns")
            .withContainerPort(5353)
            .withProtocol("UDP")
            .endPort()
            .addNewPort()
            .withContainerPort(80)
            .endPort()
            .endContainer()
            .endSpec()
            .build();
    var target = PodTarget.of(pod, null, Site.CLUSTER);
    assertThat(target.port("dns", Protocol.TCP)).isEqualTo(53);
    assertThat(target.port("dns", Protocol.UDP)).isEqualTo(5353);
    assertThat(target.port("http", Protocol.TCP)).isNull();
  }

  @Test
  void nullIsNothing() {
    var pod = World.pod("p", "web", "10.0.0.1");
    pod.setSpec(new PodSpec());
    pod.getSpec().setContainers(null);
    pod.getSpec().setInitContainers(null);
    pod.getStatus().setPodIPs(null);
    pod.getStatus().setConditions(null);
    assertThat(PodTarget.of(pod, null, Site.CLUSTER).ips()).containsExactly("10.0.0.1");
  }

  @Test
  void phasesThatEndEnd() {
    for (var phase : new String[] {"Succeeded", "Failed"}) {
      var pod = new PodBuilder(World.pod("p", "web", "10.0.0.1")).editStatus().withPhase(phase);
      assertThat(PodTarget.of(pod.endStatus().build(), null, Site.CLUSTER).finished()).isTrue();
    }
    for (var phase : new String[] {"Pending", "Running", "Unknown"}) {
      var pod = new PodBuilder(World.pod("p", "web", "10.0.0.1")).editStatus().withPhase(phase);
      assertThat(PodTarget.of(pod.endStatus().build(), null, Site.CLUSTER).finished()).isFalse();
    }
  }
}
