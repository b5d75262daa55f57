package cloud.thalassa.lb.dataplane.follow;

import cloud.thalassa.lb.crds.Api;
import cloud.thalassa.lb.crds.ForwardingConfig;
import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.dataplane.table.Documents;
import com.fasterxml.jackson.databind.ObjectReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The documents of one load balancer as they are while the program still starts: three lists by
 * plain HTTPS, because the client that follows them later needs most of the program to be there. It
 * knows servers that trust a token; of others, and of whatever goes wrong, it knows nothing.
 */
public final class FirstLook {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int LIMIT = 500;

  // not asked of the classes: to read their annotations takes longer than a list
  private static final String OWN = "apis/" + Api.API_VERSION + "/namespaces/%s/";
  private static final String SLICES = "apis/discovery.k8s.io/v1/namespaces/%s/endpointslices";

  private final String namespace;
  private final String name;

  public FirstLook(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  /** What a look needs once it has an answer, and what takes as long as to ask. Any thread. */
  public static void prepare() {
    PlainReaders.prepare();
  }

  /** Blocks for as long as the server takes, some seconds at most; empty: nothing can be served. */
  public Optional<Documents> look() {
    return look(Config.autoConfigure(null));
  }

  Optional<Documents> look(Config server) {
    try {
      // of all connections: each begins with the default, which is to read the world's authorities
      HttpsURLConnection.setDefaultSSLSocketFactory(trusting(server));
      var mine = Api.LOAD_BALANCER_LABEL + "=" + name;
      var members = "," + Api.TARGET_GROUP_LABEL + "," + Api.MANAGED_BY_LABEL + "=" + Api.OPERATOR;
      List<ForwardingConfig> configs =
          list(server, OWN + "forwardingconfigs", mine, PlainReaders.CONFIG);
      List<EndpointSlice> slices = list(server, SLICES, mine + members, PlainReaders.SLICE);
      List<HealthReport> reports = list(server, OWN + "healthreports", mine, PlainReaders.REPORT);
      return configs.isEmpty()
          ? Optional.empty()
          : Optional.of(new Documents(configs, slices, reports, Map.of()));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty(); // who follows them says what is wrong, if it still is
    }
  }

  private <T extends HasMetadata> List<T> list(
      Config server, String kind, String selector, ObjectReader reader) throws IOException {
    var query =
        "?limit=%d&labelSelector=%s"
            .formatted(LIMIT, URLEncoder.encode(selector, StandardCharsets.UTF_8));
    var path = kind.formatted(namespace) + query;
    var url = URI.create(server.getMasterUrl()).resolve(path).toURL();
    if (!(url.openConnection() instanceof HttpsURLConnection connection)) {
      throw new IOException("not by HTTPS");
    }
    // with one, Java compares the server's name without reading the world's authorities, and asks
    // it only about a server of another name
    connection.setHostnameVerifier((host, session) -> false);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("Authorization", "Bearer " + token(server));
    try (var body = connection.getInputStream()) {
      var list = reader.readTree(body);
      if (!list.at("/metadata/continue").asText().isEmpty()) {
        throw new IOException("more than a page");
      }
      var items = new ArrayList<T>();
      for (var item : list.withArray("items")) {
        items.add(reader.readValue(item));
      }
      return items;
    }
  }

  private static String token(Config server) throws IOException {
    var token =
        server.getOauthToken() != null ? server.getOauthToken() : server.getAutoOAuthToken();
    if (token == null) {
      throw new IOException("no token");
    }
    return token;
  }

  /** The server's authority and no other: to read those of the world takes longer than a list. */
  private static SSLSocketFactory trusting(Config server)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var authority = authority(server)) {
      for (var certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(authority)) {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
      }
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    // 1.3 makes keys for groups that the server then does not choose, before that is compiled
    var tls = SSLContext.getInstance("TLSv1.2");
    tls.init(null, trust.getTrustManagers(), null);
    return tls.getSocketFactory();
  }

  private static InputStream authority(Config server) throws IOException {
    if (server.getCaCertData() != null) {
      return new ByteArrayInputStream(Base64.getDecoder().decode(server.getCaCertData()));
    }
    if (server.getCaCertFile() != null) {
      return Files.newInputStream(Path.of(server.getCaCertFile()));
    }
    throw new IOException("no authority");
  }
}
