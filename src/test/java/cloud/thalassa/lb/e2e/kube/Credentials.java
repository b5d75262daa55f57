package cloud.thalassa.lb.e2e.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.UUID;

/**
 * What the API server and its clients recognise each other by. The server certificate is not here:
 * the server makes its own in {@code pki}, once.
 */
record Credentials(Path directory, String adminToken) {

  static Credentials create(Path directory) throws IOException {
    Files.createDirectories(directory);
    var admin = UUID.randomUUID().toString();
    Files.writeString(directory.resolve("tokens.csv"), admin + ",admin,admin,system:masters\n");
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      pem(directory.resolve("sa.key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
      pem(directory.resolve("sa.pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return new Credentials(directory, admin);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The certificate of the server, to be trusted by its clients. */
  Path serverCertificate() {
    return directory.resolve("apiserver.crt");
  }

  Path kubeconfig(String url, String user, String token) throws IOException {
    var file = directory.resolve(user + ".kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: tests, cluster: {server: "%s", certificate-authority: %s}}]
        users: [{name: user, user: {token: %s}}]
        contexts: [{name: tests, context: {cluster: tests, user: user}}]
        current-context: tests
        """
            .formatted(url, serverCertificate(), token));
    return file;
  }

  private static void pem(Path file, String type, byte[] der) throws IOException {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
