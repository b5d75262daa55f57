package cloud.thalassa.lb.e2e.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * etcd, a kube-apiserver with RBAC, and the controllers that tests rely on (garbage collection,
 * Deployments, quotas). Ports are fixed: the tests have a network of their own.
 */
public final class ApiServer {
  /** Reachable from the tests and from every pod. */
  public static final String HOST = "10.77.0.1";

  public static final int PORT = 6443;
  private static final int ETCD_PORT = 2379;

  /** What accounts of pods ask for: theirs are the rights that we ship. */
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      omitManagedFields: true
      rules:
      - {level: None, userGroups: ["system:serviceaccounts:kube-system"]}
      - {level: Metadata, userGroups: ["system:serviceaccounts"]}
      - {level: None}
      """;

  /** Of namespaces alone. */
  static final String FEW =
      "namespace-controller,serviceaccount-controller,clusterrole-aggregation-controller";

  /** Those that tests rely on besides: whoever makes pods, counts objects, and clears away. */
  static final String USUAL =
      FEW
          + ",garbage-collector-controller,deployment-controller,replicaset-controller"
          + ",resourcequota-controller,endpointslice-controller";

  private final Path tools = KubeTools.directory();
  private final Path directory;
  private final Credentials credentials;
  private final int port;
  private final int etcdPort;
  private Child etcd;
  private Child server;
  private KubernetesClient client;

  private ApiServer(Path directory, Credentials credentials, int port, int etcdPort) {
    this.directory = directory;
    this.credentials = credentials;
    this.port = port;
    this.etcdPort = etcdPort;
  }

  /** Without controllers, so that what they discover when they start can be prepared. */
  static ApiServer start(Path directory) throws IOException {
    return start(directory, PORT, ETCD_PORT);
  }

  /** A second one beside the tests', without controllers, for whoever changes what all share. */
  public static ApiServer another(Path directory) throws IOException {
    return start(directory, PORT + 1, ETCD_PORT + 2);
  }

  private static ApiServer start(Path directory, int port, int etcdPort) throws IOException {
    Files.createDirectories(directory);
    var credentials = Credentials.create(directory.resolve("pki"));
    var api = new ApiServer(directory, credentials, port, etcdPort);
    Files.writeString(directory.resolve("audit-policy.yaml"), AUDIT_POLICY);
    api.startEtcd();
    api.start();
    api.client = new KubernetesClientBuilder().withConfig(api.config()).build();
    return api;
  }

  /** Ends it, for good. */
  public void end() {
    client.close();
    server.kill();
    etcd.kill();
  }

  /** SIGKILL to kube-apiserver; etcd keeps the data. */
  public void kill() {
    server.kill();
  }

  /** On the same port, with the same data and certificates. */
  public void start() {
    server =
        run(
            "kube-apiserver",
            "--etcd-servers=" + etcdUrl(etcdPort),
            "--secure-port=" + port,
            "--bind-address=0.0.0.0",
            "--advertise-address=" + HOST,
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + credentials.directory(),
            "--token-auth-file=" + credentials.file("tokens.csv"),
            "--anonymous-auth=false",
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + credentials.file("sa.pub"),
            "--service-account-signing-key-file=" + credentials.file("sa.key"),
            "--audit-policy-file=" + directory.resolve("audit-policy.yaml"),
            "--audit-log-path=" + auditLog(),
            "--audit-log-maxsize=4096",
            "--shutdown-delay-duration=0s",
            "--v=1");
    await("the API server's /readyz")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(this::ready);
  }

  private boolean ready() {
    if (!server.alive()) {
      throw new IllegalStateException("the API server did not start:\n" + server.output());
    }
    try (var probe = new KubernetesClientBuilder().withConfig(config()).build()) {
      return "ok".equals(probe.raw("/readyz"));
    }
  }

  private void startEtcd() {
    etcd =
        run(
            "etcd",
            "--data-dir=" + directory.resolve("etcd"),
            "--unsafe-no-fsync",
            "--log-level=warn",
            "--listen-client-urls=" + etcdUrl(etcdPort),
            "--advertise-client-urls=" + etcdUrl(etcdPort),
            "--listen-peer-urls=" + etcdUrl(etcdPort + 1),
            "--initial-advertise-peer-urls=" + etcdUrl(etcdPort + 1),
            "--initial-cluster=default=" + etcdUrl(etcdPort + 1));
  }

  private static String etcdUrl(int port) {
    return "http://127.0.0.1:" + port;
  }

  void startControllers(String controllers) throws IOException {
    run(
        "kube-controller-manager",
        "--kubeconfig=" + kubeconfig(),
        "--controllers=" + controllers,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--v=1");
  }

  private Child run(String program, String... options) {
    var command = new java.util.ArrayList<>(List.of(tools.resolve(program).toString()));
    command.addAll(List.of(options));
    return Child.start(program, directory.resolve(program + ".log"), Map.of(), command);
  }

  /** Of a cluster administrator. */
  public KubernetesClient client() {
    return client;
  }

  /** With the rights of whoever owns the token. */
  public KubernetesClient client(String token) {
    return new KubernetesClientBuilder().withConfig(config(token)).build();
  }

  /** Of a cluster administrator. */
  public String adminToken() {
    return credentials.adminToken();
  }

  private Config config() {
    return config(credentials.adminToken());
  }

  private Config config(String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url())
        .withOauthToken(token)
        .withCaCertFile(serverCertificate().toString())
        .withRequestRetryBackoffLimit(0)
        .withConnectionTimeout(2_000)
        .withRequestTimeout(30_000) // the machine may be busy with everything else
        .build();
  }

  private String url() {
    return "https://" + HOST + ":" + port;
  }

  public Path serverCertificate() {
    return credentials.serverCertificate();
  }

  /** What every account of a pod has asked for, one event of JSON a line. */
  public Path auditLog() {
    return directory.resolve("audit.log");
  }

  /** Of a cluster administrator. */
  public Path kubeconfig() throws IOException {
    return credentials.kubeconfig(url(), "admin", credentials.adminToken());
  }

  /** Of a ServiceAccount. */
  public Path kubeconfig(String namespace, String serviceAccount) throws IOException {
    var request = new TokenRequestBuilder().withNewSpec().endSpec().build();
    var token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    return credentials.kubeconfig(url(), serviceAccount, token);
  }

  /** kubectl of the same version. */
  public Path kubectl() {
    return tools.resolve("kubectl");
  }
}
