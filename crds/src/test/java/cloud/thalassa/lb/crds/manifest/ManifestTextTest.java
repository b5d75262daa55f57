package cloud.thalassa.lb.crds.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManifestTextTest {
  private static final Identity WEB = new Identity("Listener", "shop", "web");
  private static final String NEW =
      "kind: Listener\nmetadata: {name: web, namespace: shop}\nspec: new\n";

  private static String document(String name) {
    return "kind: Listener\nmetadata: {name: %s, namespace: shop}\nspec:   old # as it was\n"
        .formatted(name);
  }

  @Test
  void othersStayToTheByteAndCommentsAroundIt() {
    var before = "# all of it\r\n" + document("a") + "---  # two\n\n# the second\n";
    var after = "\n# the third\n--- \n{broken: [\n---\n" + document("b").strip();

    assertThat(ManifestText.of(before + document("web") + after).with(WEB, "default", NEW))
        .hasToString(before + NEW + after);
  }

  @Test
  void aDocumentThatBeginsInTheLineOfItsSeparatorKeepsThat() {
    var text =
        "--- {kind: Listener, metadata: {name: web, namespace: shop}}\n---\n" + document("b");

    assertThat(ManifestText.of(text).with(WEB, "default", NEW))
        .hasToString("---\n" + NEW + "---\n" + document("b"));
  }

  @Test
  void whatIsTakenOutTakesItsSeparatorWithIt() {
    var others = document("a") + "---\n" + document("b");

    assertThat(
            ManifestText.of(document("a") + "---\n" + document("web") + "---\n" + document("b"))
                .without(WEB, "default"))
        .hasToString(others);
    assertThat(ManifestText.of(document("web")).without(WEB, "default").isBlank()).isTrue();
  }

  @Test
  void whatIsNotThereIsNotChanged() {
    var text = ManifestText.of(document("a") + "---\nkind: Listener\nmetadata: {name: web}\n");

    assertThat(text.without(WEB, "default")).isNull();
    assertThat(text.with(WEB, "shop", NEW)).isNotNull(); // there, no namespace means that one
  }
}
