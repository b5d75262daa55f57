package cloud.thalassa.lb.dataplane.follow;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.dataplane.table.Documents;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLookTest {
  private static final String OWN = "/apis/lb.thalassa.cloud/v1alpha1/namespaces/shop/";
  private static final String CONFIGS = OWN + "forwardingconfigs";
  private static final String REPORTS = OWN + "healthreports";
  private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";

  @TempDir static Path directory;
  private static KeyStore keys;

  private final Map<String, String> lists = new ConcurrentHashMap<>();
  private final Map<String, URI> asked = new ConcurrentHashMap<>();
  private HttpsServer server;

  @BeforeAll
  static void certificate() throws Exception {
    var file = directory.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        "%s -genkeypair -alias api -keyalg EC -storetype PKCS12 -keystore %s -storepass password"
            .formatted(keytool, file)
            .concat(" -dname CN=api -ext san=ip:127.0.0.1");
    assertThat(new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor()).isZero();
    keys = KeyStore.getInstance(file.toFile(), "password".toCharArray());
  }

  @BeforeEach
  void start() throws Exception {
    var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    manager.init(keys, "password".toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(manager.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          var list = lists.get(exchange.getRequestURI().getPath());
          var known =
              "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.put(exchange.getRequestURI().getPath(), exchange.getRequestURI());
          var body = (list == null || !known ? "{}" : list).getBytes();
          exchange.sendResponseHeaders(!known ? 401 : list == null ? 403 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    lists.put(
        CONFIGS,
        list(
            "",
            """
            {"apiVersion": "lb.thalassa.cloud/v1alpha1", "kind": "ForwardingConfig",
             "metadata": {"name": "web", "namespace": "shop", "resourceVersion": "1"},
             "spec": {"formatVersion": 1, "revision": "r1"}}
            """));
    lists.put(
        SLICES,
        list(
            "",
            """
            {"metadata": {"name": "web-1", "namespace": "shop"}, "addressType": "IPv4",
             "endpoints": [{"addresses": ["10.0.0.1"]}]}
            """));
    lists.put(REPORTS, list("", ""));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void seesTheDocumentsOfTheLoadBalancer() throws Exception {
    var documents = look(server("secret")).orElseThrow();

    assertThat(documents.configs()).extracting(it -> it.getSpec().revision()).containsExactly("r1");
    assertThat(documents.slices())
        .extracting(it -> it.getEndpoints().getFirst().getAddresses().getFirst())
        .containsExactly("10.0.0.1");
    assertThat(asked.get(CONFIGS).getQuery())
        .endsWith("labelSelector=lb.thalassa.cloud/load-balancer=web");
    assertThat(asked.get(SLICES).getQuery())
        .contains("lb.thalassa.cloud/load-balancer=web,lb.thalassa.cloud/target-group,");
    assertThat(asked).containsKey(REPORTS);
  }

  @Test
  void knowsNothingOfALoadBalancerThatIsNotCompiledYet() throws Exception {
    lists.put(CONFIGS, list("", ""));

    assertThat(look(server("secret"))).isEmpty();
  }

  @Test
  void knowsNothingOfPartOfTheDocuments() throws Exception {
    lists.put(SLICES, list("more", ""));
    assertThat(look(server("secret"))).isEmpty();

    lists.remove(SLICES);
    assertThat(look(server("secret"))).isEmpty();
  }

  @Test
  void knowsNothingOfAServerThatDoesNotTrustIt() throws Exception {
    assertThat(look(server("another"))).isEmpty();
  }

  @Test
  void tellsItsTokenOnlyToTheServerOfItsAuthority() throws Exception {
    var other = new ConfigBuilder(server("secret")).withCaCertData(null).build();

    assertThat(look(other)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void tellsItsTokenOnlyToTheServerOfTheName() throws Exception {
    var other = new ConfigBuilder(server("secret")).withMasterUrl(url("localhost")).build();

    assertThat(look(other)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void knowsNothingOfAServerThatIsAway() throws Exception {
    var away = server("secret");
    server.stop(0);

    assertThat(look(away)).isEmpty();
  }

  private static Optional<Documents> look(Config config) {
    return new FirstLook("shop", "web").look(config);
  }

  private Config server(String token) throws Exception {
    var authority = directory.resolve("ca.crt");
    var encoded = Base64.getMimeEncoder().encodeToString(keys.getCertificate("api").getEncoded());
    Files.writeString(
        authority, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url("127.0.0.1"))
        .withCaCertData(Base64.getEncoder().encodeToString(Files.readAllBytes(authority)))
        .withOauthToken(token)
        .build();
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort() + "/";
  }

  private static String list(String more, String items) {
    return """
        {"kind": "List", "apiVersion": "v1", "metadata": {"continue": "%s"}, "items": [%s]}
        """
        .formatted(more, items);
  }
}
