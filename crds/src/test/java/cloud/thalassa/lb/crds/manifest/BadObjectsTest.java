package cloud.thalassa.lb.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One thing wrong in a good manifest: found, placed and explained. The table is {@code bad.txt}.
 */
class BadObjectsTest {
  private static final Pattern REPEATED = Pattern.compile("<(\\d+)\\*([^>]*)>");
  private static final ManifestReader READER = new ManifestReader();

  record Case(String base, String find, String by, int line, String path, String sentence) {
    String text() {
      var good = resource(base + ".yaml");
      assertThat(good).as("the base must hold what is replaced").contains(find);
      return good.replaceFirst(Pattern.quote(find), Matcher.quoteReplacement(by));
    }
  }

  static Stream<Case> cases() {
    return resource("bad.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split("\\s*\\|[ ]*", -1))
        .map(
            c ->
                new Case(
                    c[0], lines(c[1]), lines(c[2]), Integer.parseInt(c[3]), c[4], c[5].strip()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isFoundWithLineAndField(Case bad) {
    var findings = read(bad.text()).findings();

    if (bad.line() == 0) {
      assertThat(findings).as("this change is fine").isEmpty();
      return;
    }
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.sentence()).contains(bad.sentence());
              assertThat(finding.path()).isEqualTo(bad.path());
              assertThat(finding.position().line()).isEqualTo(bad.line());
              assertThat(finding.file()).isEqualTo("a.yaml");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LoadBalancer",
        "Listener",
        "TargetGroup",
        "SecurityGroup",
        "Subnet",
        "Pod",
        "ReferenceGrant"
      })
  void aGoodObjectHasNoFindings(String kind) {
    var reading = read(resource(kind + ".yaml"));

    assertThat(reading.findings()).isEmpty();
    assertThat(reading.manifests())
        .singleElement()
        .extracting(m -> m.object().getKind())
        .isEqualTo(kind);
  }

  /** A rule that no case breaks could be wrong in its CRD or here without anybody noticing. */
  @Test
  void everyRuleOfOurKindsHasACase() {
    var kinds = new Kinds();
    var sentences =
        cases().flatMap(bad -> read(bad.text()).findings().stream()).map(Finding::sentence);
    var said = String.join("\n", sentences.toList());

    for (var kind : List.of("LoadBalancer", "Listener", "TargetGroup", "SecurityGroup", "Subnet")) {
      rules(kinds.schema("lb.thalassa.cloud/v1alpha1", kind))
          .filter(rule -> !rule.comparesWithOld() && rule.messageExpression() == null)
          .forEach(rule -> assertThat(said).contains(rule.message()));
    }
  }

  @Test
  void immutableFieldsAreComparedWithWhatIsStored() {
    var reader = new ManifestReader();
    var text = resource("Listener.yaml");
    var stored = reader.read("a.yaml", text, identity -> null).manifests().getFirst();

    var changed = reader.read("a.yaml", text.replace("TCP", "UDP"), identity -> stored);

    assertThat(changed.manifests()).isEmpty();
    assertThat(changed.refused()).containsOnlyKeys(stored.identity());
    assertThat(changed.findings())
        .singleElement()
        .hasToString(
            "a.yaml:10: Listener shop/web-https: spec.protocol: protocol is immutable: create"
                + " another Listener for the other protocol");
  }

  private static Stream<Schema.Rule> rules(Schema schema) {
    var children =
        Stream.concat(schema.properties().values().stream(), Stream.ofNullable(schema.items()));
    return Stream.concat(schema.rules().stream(), children.flatMap(BadObjectsTest::rules));
  }

  private static String lines(String cell) {
    return REPEATED
        .matcher(cell)
        .replaceAll(match -> match.group(2).repeat(Integer.parseInt(match.group(1))))
        .replace("~", "\n");
  }

  private static Reading read(String text) {
    return READER.read("a.yaml", text, identity -> null);
  }

  static String resource(String name) {
    try (var stream = BadObjectsTest.class.getResourceAsStream("/check/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
