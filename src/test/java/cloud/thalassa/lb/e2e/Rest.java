package cloud.thalassa.lb.e2e;

import cloud.thalassa.lb.e2e.kube.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server as somebody sees it who keeps to no client library. */
final class Rest {
  private final HttpClient client;
  private final String token;

  /**
   * @param token of whoever asks
   */
  Rest(ApiServer api, String token) {
    this.token = token;
    this.client = HttpClient.newBuilder().sslContext(trusting(api)).build();
  }

  record Answer(int status, String body) {}

  /**
   * @param headers such as those of impersonation
   */
  Answer call(String method, String path, String body, Map<String, String> headers) {
    var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    var request =
        HttpRequest.newBuilder(
                URI.create("https://" + ApiServer.HOST + ":" + ApiServer.PORT + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static SSLContext trusting(ApiServer api) {
    try (var pem = Files.newInputStream(api.serverCertificate())) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("server-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the API server's certificate cannot be trusted", e);
    }
  }
}
