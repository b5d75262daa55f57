package cloud.thalassa.lb.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An organisation with one person and one namespace, and what that person asks for. */
final class Customer implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String ORGANISATION_LABEL = "lb.thalassa.cloud/organisation";

  private static final String DEFAULT_SUBNET =
      "subnets.find { it.labels['kubernetes.io/role/lb'] == 'true' }";

  final Api api = Api.get();
  final String organisation;
  final String slug;
  final String token;
  final String namespace;

  /** Its load balancers get everything but the processes. */
  Customer(String purpose) {
    this(purpose, 0);
  }

  /** With that many pods at most. */
  Customer(String purpose, int pods) {
    slug = purpose + "-" + NUMBER.incrementAndGet();
    organisation = "o-" + slug;
    token = "tc_pat_" + slug;
    namespace = api.cluster.namespace(purpose);
    apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: pods}
        spec: {hard: {pods: "%d"}}
        """
            .formatted(pods));
    client()
        .namespaces()
        .withName(namespace)
        .edit(
            it ->
                it.edit()
                    .editMetadata()
                    .addToLabels(ORGANISATION_LABEL, organisation)
                    .endMetadata()
                    .build());
    api.database.execute(
        "insert into organisation (identity, name, slug) values (?, ?, ?)",
        organisation,
        slug,
        slug);
    api.database.execute("insert into person (subject, name) values (?, ?)", "p-" + slug, purpose);
    api.database.execute(
        "insert into membership (identity, organisation, subject, role) values (?, ?, ?, 'OWNER')",
        "om-" + slug,
        organisation,
        "p-" + slug);
    api.database.execute(
        "insert into token (hash, subject) values (?, ?)", hash(token), "p-" + slug);
    await("the VPC is known").untilAsserted(() -> get("/v1/vpcs/" + namespace).statusCode(200));
  }

  /** One of a load balancer that gets new connections; another one may still be starting. */
  String replica(String loadBalancer) {
    return replica(objects(EndpointSlice.class), loadBalancer);
  }

  static String replica(List<EndpointSlice> slices, String loadBalancer) {
    return slices.stream()
        .filter(it -> ("lb-" + loadBalancer).equals(service(it)))
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> endpoint.getConditions().getReady())
        .map(endpoint -> endpoint.getAddresses().getFirst())
        .findFirst()
        .orElseThrow();
  }

  private static String service(EndpointSlice slice) {
    return slice.getMetadata().getLabels().get("kubernetes.io/service-name");
  }

  static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  KubernetesClient client() {
    return Cluster.get().client();
  }

  RequestSpecification as() {
    return given()
        .spec(
            new RequestSpecBuilder()
                .setBaseUri(api.url())
                .addHeader("Authorization", "Token " + token)
                .addHeader("X-Organisation-Identity", organisation)
                .setAccept(ContentType.JSON)
                .setUrlEncodingEnabled(true)
                .build());
  }

  ValidatableResponse get(String path, Object... parameters) {
    return as().get(path, parameters).then();
  }

  ValidatableResponse post(String path, Object body) {
    return as().contentType("application/json").body(body).post(path).then();
  }

  ValidatableResponse put(String path, Object body) {
    return as().contentType("application/json").body(body).put(path).then();
  }

  ValidatableResponse delete(String path) {
    return as().delete(path).then();
  }

  /** The identity of what was created. */
  String create(String path, Map<String, ?> body) {
    return post(path, body).statusCode(201).extract().path("identity");
  }

  String vpc() {
    return get("/v1/vpcs/" + namespace).extract().path("identity");
  }

  /** Of the subnet for those who have no wish. */
  String subnet() {
    return get("/v1/vpcs/" + namespace).extract().path(DEFAULT_SUBNET + ".identity");
  }

  String subnetSlug() {
    return get("/v1/vpcs/" + namespace).extract().path(DEFAULT_SUBNET + ".slug");
  }

  String loadBalancer(String name) {
    return create("/v1/loadbalancers", Bodies.loadBalancer(name, subnet()));
  }

  String targetGroup(String name) {
    return create("/v1/loadbalancer-target-groups", Bodies.targetGroup(name, vpc()));
  }

  /** As with kubectl. */
  void apply(String yaml) {
    for (var object :
        client().load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()) {
      client()
          .resource(object)
          .inNamespace(namespace)
          .fieldManager("user")
          .forceConflicts()
          .serverSideApply();
    }
  }

  <T extends HasMetadata> T object(Class<T> kind, String name) {
    return client().resources(kind).inNamespace(namespace).withName(name).get();
  }

  <T extends HasMetadata> List<T> objects(Class<T> kind) {
    return client().resources(kind).inNamespace(namespace).list().getItems();
  }

  @Override
  public void close() {
    client().namespaces().withName(namespace).delete();
  }
}
