package cloud.thalassa.lb.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where nodes hold pods to NetworkPolicies, ours let through what is needed, and nothing else. */
class NetworkPolicyTest {
  private static final Cluster CLUSTER = Cluster.get();
  private static final Map<String, String> WEB = Map.of("app", "web");
  private static final String API_SERVER = "10.96.0.1";
  private static final String MACHINE_OF_THE_API_SERVER = "10.88.0.1";
  private static final int MANAGEMENT = 9000;
  private static final int DNS = 53;
  private static final int HTTP = 8080;

  private static Tenant shop;
  private static Tenant stranger;

  @BeforeAll
  static void everythingStartsWithPolicies() {
    CLUSTER.assumeOurs();
    var installation = Installation.get();
    CLUSTER.networkPolicies(true);
    installation.restart();
    shop = CLUSTER.tenant("shop");
    stranger = CLUSTER.tenant("stranger");
    shop.applyExample();
    stranger.applyExample();
    shop.awaitReady("web-http");
    stranger.awaitReady("web-http");
  }

  @AfterAll
  static void end() {
    CLUSTER.networkPolicies(false);
    for (var tenant : new Tenant[] {shop, stranger}) {
      if (tenant != null) {
        tenant.close();
      }
    }
  }

  @Test
  void whoIsOutsideIsServed() {
    var url = "http://" + shop.address("web") + "/";
    await("an answer from " + url)
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> Place.OUTSIDE.run("curl", "-sS", "--fail", "--max-time", "3", url), _ -> true);
  }

  @Test
  void aReplicaReachesItsTargetsAndTheApiServer() {
    var replica = replica(shop);
    assertReaches(replica, address(target(shop)), HTTP);
    assertReaches(replica, API_SERVER, 443);
    assertReachesNot(replica, address(target(stranger)), HTTP);
    assertReachesNot(replica, MACHINE_OF_THE_API_SERVER, DNS);
    assertReachesNot(replica, address(healthChecker()), MANAGEMENT);
  }

  @Test
  void aHealthCheckerReachesTargetsAndReplicas() {
    assertReaches(healthChecker(), address(target(shop)), HTTP);
    assertReaches(healthChecker(), address(replica(shop)), MANAGEMENT);
    assertReaches(healthChecker(), API_SERVER, 443);
  }

  @Test
  void theOperatorReachesTheApiServer() {
    var operator = Installation.get().pods("operator").getFirst();
    assertReaches(operator, API_SERVER, 443);
    assertReachesNot(operator, address(target(shop)), HTTP);
    assertReachesNot(operator, MACHINE_OF_THE_API_SERVER, DNS);
  }

  @Test
  void aStrangerReachesTheListenersOfAReplicaAndNotItsManagement() {
    assertReaches(target(stranger), address(replica(shop)), 80);
    assertReachesNot(target(stranger), address(replica(shop)), MANAGEMENT);
    assertReachesNot(target(stranger), address(healthChecker()), MANAGEMENT);
  }

  private static Pod replica(Tenant tenant) {
    return tenant.dataplanes("web", 2).getFirst();
  }

  private static Pod target(Tenant tenant) {
    return CLUSTER.awaitPods(tenant.namespace(), WEB, 2).getFirst();
  }

  private static Pod healthChecker() {
    return Installation.get().pods("healthchecker").getFirst();
  }

  private static String address(Pod pod) {
    return pod.getStatus().getPodIP();
  }

  private static void assertReaches(Pod from, String address, int port) {
    assertThat(reaches(from, address, port)).as(words(from, address, port)).isTrue();
  }

  /** A node learns of a pod and its policies a moment after the pod has begun. */
  private static void assertReachesNot(Pod from, String address, int port) {
    await("no way for " + words(from, address, port))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !reaches(from, address, port));
  }

  private static String words(Pod from, String address, int port) {
    return from.getMetadata().getName() + " to " + address + " port " + port;
  }

  /** Whether somebody answers, if only that nobody is there: policies have packets vanish. */
  private static boolean reaches(Pod from, String address, int port) {
    var connect = "exec 3<>/dev/tcp/%s/%d".formatted(address, port);
    var silence = "timeout 3 bash -c '%s' 2>/dev/null; [ $? = 124 ] && echo silence || true";
    var place = CLUSTER.process(from).place();
    return place.run("bash", "-c", silence.formatted(connect)).isBlank();
  }
}
