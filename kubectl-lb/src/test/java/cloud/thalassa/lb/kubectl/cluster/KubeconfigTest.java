package cloud.thalassa.lb.kubectl.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {
  @TempDir Path directory;

  private static final String TWO =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - {name: near, cluster: {server: "https://192.0.2.1:6443", certificate-authority: pki/ca.crt}}
      - {name: far, cluster: {server: "https://198.51.100.1", certificate-authority-data: QUJD}}
      users:
      - {name: me, user: {token: secret}}
      contexts:
      - {name: near, context: {cluster: near, user: me, namespace: shop}}
      - {name: far, context: {cluster: far, user: me}}
      current-context: near
      """;

  private @Nullable Config plain(String yaml, @Nullable String context) throws Exception {
    var known = Kubeconfig.find(Files.writeString(directory.resolve("config"), yaml));
    return known == null ? null : known.plain(context);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aKeySaysItsAlgorithm(String algorithm) throws Exception {
    var key = "-----BEGIN %s PRIVATE KEY-----\n".formatted(algorithm).getBytes(US_ASCII);
    var yaml =
        TWO.replace(
            "token: secret",
            "client-certificate: me.crt, client-key-data: "
                + Base64.getEncoder().encodeToString(key));
    assertThat(plain(yaml, null).getClientKeyAlgo()).isEqualTo(algorithm);
  }

  @Test
  void theCurrentContextIsTaken() throws Exception {
    var config = plain(TWO, null);
    assertThat(config.getMasterUrl()).startsWith("https://192.0.2.1:6443");
    assertThat(config.getOauthToken()).isEqualTo("secret");
    assertThat(config.getNamespace()).isEqualTo("shop");
    assertThat(config.getCaCertFile()).isEqualTo(directory.resolve("pki/ca.crt").toString());
  }

  @Test
  void soIsAnotherOne() throws Exception {
    var config = plain(TWO, "far");
    assertThat(config.getMasterUrl()).startsWith("https://198.51.100.1");
    assertThat(config.getCaCertData()).isEqualTo("QUJD");
    assertThat(config.getCaCertFile()).isNull();
    var known = Kubeconfig.find(directory.resolve("config"));
    assertThat(known.contexts()).containsExactly("near", "far");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: secret| exec: {command: aws}",
        "token: secret| auth-provider: {name: oidc}",
        "certificate-authority: pki/ca.crt| tls-server-name: other",
        "certificate-authority: pki/ca.crt| proxy-url: \"http://192.0.2.9\"",
        "user: me, namespace: shop| user: nobody",
        "current-context: near| current-context: nowhere",
        "apiVersion: v1| {"
      })
  void whatIsSpecialIsLeftToTheClientsReader(String change) throws Exception {
    var words = change.split("\\|", 2);
    assertThat(plain(TWO.replace(words[0], words[1].strip()), null)).isNull();
  }
}
