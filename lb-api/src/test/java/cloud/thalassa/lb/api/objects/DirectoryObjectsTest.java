package cloud.thalassa.lb.api.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.thalassa.lb.api.objects.StoreException.Cause;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KubernetesSerialization FORM = new KubernetesSerialization();
  private static final String BALANCER =
      """
      # People wrote this.
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: web}
      """;
  private static final String GROUP =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: web}
      spec: {protocol: TCP, port: 8080,   targets: [{address: 10.0.0.1}]} # by hand
      """;

  @TempDir Path directory;
  private DirectoryObjects objects;

  @BeforeEach
  void open() throws IOException {
    write("web.yaml", BALANCER + "---\n" + GROUP);
    objects = another();
  }

  @AfterEach
  void close() {
    objects.close();
  }

  private DirectoryObjects another() {
    return new DirectoryObjects(
        directory, Map.of("owner", "o-1"), InetSocketAddress.createUnresolved("127.0.0.1", 9001));
  }

  private Path file(String name) {
    return directory.resolve("objects").resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), text);
  }

  private static Listener listener(String namespace, String name, int port) {
    return FORM.unmarshal(
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Listener
        metadata: {name: %s, namespace: %s}
        spec: {loadBalancerRef: {name: web}, protocol: TCP, port: %d, targetGroupRef: {name: web}}
        """
            .formatted(name, namespace, port),
        Listener.class);
  }

  private <T extends HasMetadata> T only(Class<T> kind) {
    assertThat(objects.all(kind)).hasSize(1);
    return objects.all(kind).getFirst();
  }

  private static <T extends HasMetadata> T changed(T object, UnaryOperator<T> change) {
    return change.apply(FORM.clone(object));
  }

  private static <T extends HasMetadata> T described(T object, String text) {
    return changed(
        object,
        it -> {
          it.getMetadata().setAnnotations(Map.of("note", text));
          return it;
        });
  }

  @Test
  void whatPeopleWroteIsThereWithDefaultsAndTheStatusOfTheOperator() throws IOException {
    var balancer = only(LoadBalancer.class);
    assertThat(balancer.getMetadata().getNamespace()).isEqualTo("default");
    assertThat(balancer.getSpec().replicas()).isEqualTo(2);
    assertThat(balancer.getStatus().addresses()).isEmpty();

    var status = directory.resolve("status/default/LoadBalancer/web.yaml");
    Files.createDirectories(status.getParent());
    Files.writeString(
        status,
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: LoadBalancer
        metadata: {name: web, namespace: default, creationTimestamp: "2026-01-02T03:04:05Z"}
        spec: {scheme: Internal}
        status: {addresses: [{ip: 192.0.2.1, ipMode: VIP}]}
        """);
    var seen = objects.await(balancer, it -> !it.getStatus().addresses().isEmpty(), PATIENCE);
    assertThat(seen.getStatus().addresses().getFirst().ip()).isEqualTo("192.0.2.1");
    assertThat(seen.getSpec()).as("of the manifest").isEqualTo(balancer.getSpec());
    assertThat(seen.getMetadata().getUid()).isEqualTo(balancer.getMetadata().getUid()).isNotNull();
    assertThat(seen.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void whatIsCreatedHasAFileOfItsOwnAndSurvives() {
    var created = objects.create(listener("shop", "http", 80));

    assertThat(file("via-rest/shop/Listener/http.yaml")).content().contains("port: 80");
    assertThat(objects.in(Listener.class, "shop")).containsExactly(created);
    try (var later = another()) {
      var again = later.in(Listener.class, "shop").getFirst().getMetadata();
      assertThat(again.getUid()).isEqualTo(created.getMetadata().getUid());
      assertThat(again.getCreationTimestamp())
          .isEqualTo(created.getMetadata().getCreationTimestamp())
          .isNotNull();
    }
    refused(Cause.NAME_TAKEN, () -> objects.create(listener("shop", "http", 81)), "name");

    objects.delete(created);
    assertThat(file("via-rest/shop/Listener/http.yaml")).doesNotExist();
    assertThat(objects.all(Listener.class)).isEmpty();
    var another = objects.create(listener("shop", "http", 80));
    assertThat(another.getMetadata().getUid()).isNotEqualTo(created.getMetadata().getUid());
  }

  @Test
  void whatPeopleWroteIsChangedInItsPlace() throws IOException {
    var rights = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(file("web.yaml"), rights);

    var balancer = only(LoadBalancer.class);
    var updated = objects.update(balancer, described(balancer, "changed"));

    assertThat(updated.getMetadata().getAnnotations()).containsEntry("note", "changed");
    assertThat(Files.readString(file("web.yaml")))
        .startsWith("# People wrote this.\n")
        .contains("note: changed")
        .doesNotContain("uid", "creationTimestamp")
        .endsWith("---\n" + GROUP);
    assertThat(Files.getPosixFilePermissions(file("web.yaml"))).isEqualTo(rights);

    objects.delete(updated);
    assertThat(Files.readString(file("web.yaml"))).isEqualTo("---\n" + GROUP);
    objects.delete(only(TargetGroup.class));
    assertThat(file("web.yaml")).doesNotExist();
  }

  @Test
  void nobodysEditIsLost() throws IOException {
    var read = only(TargetGroup.class);
    write("web.yaml", BALANCER + "---\n" + GROUP.replace("8080", "9090"));

    refused(Cause.STALE, () -> objects.update(read, described(read, "mine")), "meanwhile");
    var changed =
        objects.change(
            () -> objects.in(TargetGroup.class, "default").getFirst(), it -> described(it, "mine"));

    assertThat(changed.getSpec().port().getIntVal()).isEqualTo(9090);
    assertThat(Files.readString(file("web.yaml"))).contains("port: 9090", "note: mine");
    Files.delete(file("web.yaml"));
    refused(Cause.GONE, () -> objects.update(changed, described(changed, "late")), "deleted");
    objects.delete(changed);
  }

  @Test
  void twoWhoWriteDoNotOvertakeEachOther() {
    try (var other = another()) {
      var read = only(TargetGroup.class);
      other.update(read, described(read, "theirs"));

      refused(Cause.STALE, () -> objects.update(read, described(read, "mine")), "meanwhile");
    }
  }

  @Test
  void whatAnApiServerWouldRefuseIsRefused() throws IOException {
    var before = Files.readString(file("web.yaml"));
    refused(Cause.INVALID, () -> objects.create(listener("shop", "http", 99_999)), "spec.port: ");
    refused(Cause.INVALID, () -> objects.create(listener("shop", "Not A Name", 80)), "metadata");
    assertThat(file("via-rest")).doesNotExist();
    var read = objects.create(listener("default", "http", 80));
    var udp = FORM.unmarshal(FORM.asYaml(read).replace("TCP", "UDP"), Listener.class);
    refused(Cause.INVALID, () -> objects.update(read, udp), "immutable");
    assertThat(objects.in(Listener.class, "default")).containsExactly(read);
    assertThat(Files.readString(file("web.yaml"))).isEqualTo(before);
  }

  @Test
  void whatIsBrokenStaysAsItWasAndSaysWhere() throws IOException {
    var group = only(TargetGroup.class);
    write("web.yaml", BALANCER + "---\n" + GROUP.replace("8080", "99999"));
    refused(Cause.REFUSED, () -> objects.update(group, described(group, "x")), "web.yaml:9");
    assertThat(only(TargetGroup.class).getSpec()).as("last valid one").isEqualTo(group.getSpec());
    assertThat(only(LoadBalancer.class)).isNotNull();

    write("web.yaml", BALANCER + "---\n" + GROUP.replace("spec:", "  spec: ["));
    refused(Cause.REFUSED, () -> objects.delete(group), "web.yaml:");
    var balancer = only(LoadBalancer.class);
    objects.update(balancer, described(balancer, "beside what is broken"));
    assertThat(Files.readString(file("web.yaml"))).contains("beside", "  spec: [");
  }

  @Test
  void whatIsDeletedIsGoneThoughAnotherFileIsBroken() throws IOException {
    write("broken.yaml", "kind: Pod\n  oops: [\n");
    var status = directory.resolve("status/default/TargetGroup/web.yaml");
    Files.createDirectories(status.getParent());
    Files.writeString(status, GROUP.replace("{name: web}", "{name: web, namespace: default}"));
    write("twice.yaml", GROUP);

    objects.delete(only(TargetGroup.class));

    assertThat(objects.all(TargetGroup.class)).isEmpty();
    assertThat(file("twice.yaml")).doesNotExist();
    assertThat(Files.readString(file("web.yaml"))).isEqualTo(BALANCER);
  }

  @Test
  void whoComesLaterKnowsTheLastValidVersionFromTheOperator() throws IOException {
    write("web.yaml", BALANCER + "---\n" + GROUP.replace("8080", "99999"));
    var status = directory.resolve("status/default/TargetGroup/web.yaml");
    Files.createDirectories(status.getParent());
    Files.writeString(status, GROUP.replace("{name: web}", "{name: web, namespace: default}"));

    try (var later = another()) {
      assertThat(later.all(TargetGroup.class))
          .singleElement()
          .satisfies(it -> assertThat(it.getSpec().port().getIntVal()).isEqualTo(8080));
    }
  }

  @Test
  void namespacesAreThoseThatObjectsAreInAndBelongToTheOwner() throws IOException {
    write(
        "more.yaml",
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: theirs, labels: {owner: o-2}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: pods}
        """);
    try (var later = another()) {
      assertThat(later.all(Namespace.class))
          .extracting(
              it -> it.getMetadata().getName(), it -> it.getMetadata().getLabels().get("owner"))
          .containsExactly(tuple("default", "o-1"), tuple("pods", "o-1"), tuple("theirs", "o-2"));
      var created =
          later.create(
              new NamespaceBuilder().withNewMetadata().withName("new").endMetadata().build());
      assertThat(file("via-rest/_cluster/Namespace/new.yaml")).exists();
      later.delete(created);
      var home = later.all(Namespace.class).getFirst();
      later.update(home, described(home, "it has a manifest now"));
      assertThat(file("via-rest/_cluster/Namespace/default.yaml")).exists();
    }
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaidInOneSentence() throws IOException {
    write("via-rest", "a file where a directory should be");
    refused(
        Cause.UNAVAILABLE,
        () -> objects.create(listener("shop", "http", 80)),
        "via-rest/shop/Listener/http.yaml cannot be written");
    assertThatThrownBy(() -> new DirectoryObjects(file("web.yaml"), Map.of(), null))
        .hasMessageContaining("has no directory named objects");
  }

  @Test
  void theOneDataplaneIsTheReplicaOfAll() {
    assertThat(objects.in(EndpointSlice.class, "default"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getMetadata().getLabels())
                  .containsEntry("lb.thalassa.cloud/load-balancer", "web");
              assertThat(it.getEndpoints().getFirst().getAddresses())
                  .isEqualTo(List.of("127.0.0.1"));
              assertThat(it.getPorts().getFirst().getPort()).isEqualTo(9001);
            });
  }

  private static void refused(Cause cause, Runnable change, String sentence) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            StoreException.class, it -> assertThat(it.reason()).isEqualTo(cause))
        .hasMessageContaining(sentence);
  }
}
