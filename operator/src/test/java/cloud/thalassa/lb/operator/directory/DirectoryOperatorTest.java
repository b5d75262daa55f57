package cloud.thalassa.lb.operator.directory;

import static cloud.thalassa.lb.operator.directory.OperatorDirectory.POD;
import static cloud.thalassa.lb.operator.directory.OperatorDirectory.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.operator.StartupException;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryOperatorTest {
  @TempDir Path root;

  private OperatorDirectory directory;

  @BeforeEach
  void directory() throws IOException {
    directory = new OperatorDirectory(root);
  }

  @AfterEach
  void stop() {
    directory.stop();
  }

  @Test
  void compilesWhatLiesThere() throws Exception {
    directory.write("web.yaml", WEB);
    directory.write("pods/web-1.yml", POD);
    directory.start();

    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8080));
    assertThat(directory.memberAddresses()).containsExactly("127.0.0.2");
    await()
        .untilAsserted(
            () ->
                assertThat(directory.accepted(Listener.class, "web").getStatus())
                    .isEqualTo("True"));
  }

  @Test
  void followsChangesAndDeletions() throws Exception {
    directory.write("web.yaml", WEB);
    directory.write("pod.yaml", POD);
    directory.start();
    await()
        .untilAsserted(() -> assertThat(directory.memberAddresses()).containsExactly("127.0.0.2"));

    directory.write("pod.yaml", POD.replace("127.0.0.2", "127.0.0.3"));
    directory.write("web.yaml", WEB.replace("8080", "8081"));
    await()
        .untilAsserted(() -> assertThat(directory.memberAddresses()).containsExactly("127.0.0.3"));
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8081));

    directory.delete("pod.yaml");
    await().untilAsserted(() -> assertThat(directory.memberAddresses()).isEmpty());

    directory.delete("web.yaml");
    await().untilAsserted(() -> assertThat(directory.documents(ForwardingConfig.class)).isEmpty());
    await().untilAsserted(() -> assertThat(directory.documents(EndpointSlice.class)).isEmpty());
    await().untilAsserted(() -> assertThat(directory.statuses(Listener.class)).isEmpty());
  }

  @Test
  void aSecurityGroupIsFollowedAndWhoLosesItIsOpenToNobody() throws Exception {
    directory.write(
        "web.yaml",
        WEB.replace(
            "{name: web}\n---", "{name: web}\nspec: {securityGroupRefs: [{name: office}]}\n---"));
    var group =
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: SecurityGroup
        metadata: {name: office}
        spec: {ingress: [{name: all, priority: 100, action: Allow, sources: [10.0.0.0/8]}]}
        """;
    directory.write("group.yaml", group);
    directory.start();
    await().untilAsserted(() -> assertThat(ruleSources()).containsExactly("10.0.0.0/8"));
    await()
        .untilAsserted(
            () ->
                assertThat(directory.statuses(SecurityGroup.class))
                    .singleElement()
                    .satisfies(
                        office ->
                            assertThat(office.getStatus().loadBalancers().names())
                                .containsExactly("web")));

    directory.write("group.yaml", group.replace("10.0.0.0/8", "10.0.0.1/8"));
    await()
        .untilAsserted(
            () ->
                assertThat(directory.accepted(SecurityGroup.class, "office").getReason())
                    .isEqualTo("Invalid"));
    assertThat(ruleSources()).containsExactly("10.0.0.0/8");

    directory.write("group.yaml", group.replace("10.0.0.0/8", "11.0.0.0/8"));
    await().untilAsserted(() -> assertThat(ruleSources()).containsExactly("11.0.0.0/8"));

    directory.delete("group.yaml");
    await().untilAsserted(() -> assertThat(ruleSources()).isEmpty());
    assertThat(directory.listenerPorts()).containsExactly(8080);
  }

  private List<String> ruleSources() {
    return directory.documents(ForwardingConfig.class).stream()
        .flatMap(config -> config.getSpec().securityRules().stream())
        .flatMap(rule -> rule.sources().stream())
        .toList();
  }

  @Test
  void isReadyOnceEveryAcceptedListenerIsBound() throws Exception {
    directory.write("web.yaml", WEB);
    directory.start();
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8080));
    assertThat(directory.ready()).hasValue(0);

    directory.reportServing();

    await().untilAsserted(() -> assertThat(directory.ready()).hasValue(1));
    directory.reportServing();
    directory.write("web.yaml", WEB.replace("8080", "8081"));
    await().untilAsserted(() -> assertThat(directory.listenerPorts()).containsExactly(8081));
    assertThat(directory.ready()).hasValue(1);
  }

  @Test
  void removesDocumentsOfAnEarlierProcess() throws Exception {
    directory.write("web.yaml", WEB);
    directory.write("pod.yaml", POD);
    directory.start();
    await().untilAsserted(() -> assertThat(directory.memberAddresses()).isNotEmpty());
    directory.stop();
    directory.delete("web.yaml");

    directory.start();

    await().untilAsserted(() -> assertThat(directory.documents(ForwardingConfig.class)).isEmpty());
    await().untilAsserted(() -> assertThat(directory.documents(EndpointSlice.class)).isEmpty());
    await().untilAsserted(() -> assertThat(directory.statuses(Listener.class)).isEmpty());
  }

  @Test
  void aDirectoryHasOneOperator() {
    directory.start();

    assertThatThrownBy(() -> DirectoryOperator.start(root, () -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            root + " is in use by another operator: end that one first, or use another directory");
  }

  @Test
  void saysWhatADirectoryMustHold() {
    var empty = root.resolve("nothing");

    assertThatThrownBy(() -> DirectoryOperator.start(empty, () -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage(empty + " has no directory named objects: put the manifests there");
  }
}
