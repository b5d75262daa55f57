package cloud.thalassa.lb.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String GOOD =
      """
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: LoadBalancer
      metadata: {name: web}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: TargetGroup
      metadata: {name: web}
      spec: {protocol: TCP, port: 80, targets: [{address: 10.0.0.1}]}
      ---
      apiVersion: lb.thalassa.cloud/v1alpha1
      kind: Listener
      metadata: {name: web}
      spec:
        loadBalancerRef: {name: web}
        protocol: TCP
        port: 80
        targetGroupRef: {name: web}
      """;

  @TempDir Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysOkAndHowMany() throws Exception {
    write("a.yaml", GOOD);
    write("b/c.yml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");
    write("notes.txt", "not a manifest");
    write(".git/x.yaml", "kind: [");

    assertThat(check()).isEqualTo(0);
    assertThat(out()).isEqualTo("ok: 3 objects (not checked, of other kinds: Deployment)\n");
  }

  @Test
  void saysWhichSecurityGroupIsMissing() throws Exception {
    write(
        "a.yaml",
        GOOD.replaceFirst(
            "name: web}", "name: web}\nspec:\n  securityGroupRefs: [{name: office}]"));

    assertThat(check()).isEqualTo(1);
    assertThat(out())
        .startsWith(
            root.resolve("a.yaml")
                + ":5: LoadBalancer default/web: spec.securityGroupRefs[0]: there is no"
                + " SecurityGroup default/office: create it, or correct the reference.");
  }

  @Test
  void printsEveryFindingWithItsPlace() throws Exception {
    write("a.yaml", GOOD.replace("port: 80\n", "port: 80800\n") + "---\nkind: [\n");

    assertThat(check()).isEqualTo(1);
    assertThat(out().lines())
        .containsExactly(
            root
                + "/a.yaml:16: Listener default/web: spec.port: 80800 should be less than or equal"
                + " to 65535",
            root
                + "/a.yaml:20: this is not readable YAML: expected the node content, but found"
                + " '<stream end>'");
  }

  @Test
  void knowsSubnetsWhereThereAreAny() throws Exception {
    var web =
        GOOD.replace(
            "metadata: {name: web}\n---",
            "metadata: {name: web}\nspec: {subnetRef: {name: pubic}}\n---");
    write("a.yaml", web);
    assertThat(check()).as("the Subnets may be in the cluster").isEqualTo(0);

    write(
        "b.yaml",
        """
        apiVersion: lb.thalassa.cloud/v1alpha1
        kind: Subnet
        metadata: {name: public}
        spec:
          addressPools:
          - 203.0.113.0/28
          - 203.0.113.9-203.0.113.10
        """);
    out.reset();
    assertThat(check()).isEqualTo(1);
    assertThat(out())
        .contains("a.yaml:4: LoadBalancer default/web: spec.subnetRef: there is no Subnet pubic")
        .contains(
            "b.yaml:7: Subnet public: spec.addressPools[1]: 203.0.113.9-203.0.113.10 overlaps");
  }

  @Test
  void saysWhatTheOperatorWouldRefuse() throws Exception {
    write("a.yaml", GOOD.replace("targetGroupRef: {name: web}", "targetGroupRef: {name: wbe}"));

    assertThat(check()).isEqualTo(1);
    assertThat(out())
        .contains("a.yaml:17: Listener default/web: spec.targetGroupRef: ")
        .contains("wbe");
  }

  @Test
  void saysWhereANameWasUsedFirst() throws Exception {
    write("a.yaml", GOOD);
    write("b.yaml", GOOD.substring(0, GOOD.indexOf("---")));

    assertThat(check()).isEqualTo(1);
    assertThat(out())
        .isEqualTo(
            root
                + "/b.yaml:3: LoadBalancer default/web: metadata.name: is already defined in "
                + root
                + "/a.yaml:3\n");
  }

  @Test
  void aPathThatIsNotThereIsOneSentence() {
    assertThat(CheckCommand.run(List.of("no/such"), stream(out), stream(err))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("thalassa-lb: no/such does not exist\n");
  }

  private int check() {
    return CheckCommand.run(List.of(root.toString()), stream(out), stream(err));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
