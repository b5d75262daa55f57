package cloud.thalassa.lb.dataplane.table;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.ForwardingConfigSpec.SecurityRule;
import cloud.thalassa.lb.crds.Protocol;
import cloud.thalassa.lb.crds.RuleAction;
import cloud.thalassa.lb.crds.RuleProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
  private final Cluster cluster = new Cluster();

  @Test
  void isEmptyWithoutDocuments() {
    cluster.exists = false;

    assertThat(cluster.table()).isSameAs(RoutingTable.EMPTY);
  }

  @Test
  void makesARouteOfAnEntry() {
    cluster.addresses = List.of("192.0.2.1", "2001:db8::1");
    cluster.allowedSources = List.of("10.0.0.0/8");
    cluster.protocol = Protocol.UDP;

    var route = cluster.table().routes().get(Cluster.HTTP);

    assertThat(route.bind())
        .containsExactly(
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80),
            new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 80));
    assertThat(route.protocol()).isEqualTo(Protocol.UDP);
    assertThat(route.maxConnections()).isEqualTo(100);
    assertThat(route.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(route.admission().admits(InetAddress.ofLiteral("10.1.1.1"))).isTrue();
    assertThat(route.admission().admits(InetAddress.ofLiteral("11.1.1.1"))).isFalse();
    assertThat(route.split().pools().toList().getFirst().name()).isEqualTo("shop/pods");
    assertThat(route.split().pools().toList().getFirst().drainTimeout())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void bindsTheWildcardWithoutAddressesAndServesAPoolWithoutSlices() {
    var route = cluster.table().routes().get(Cluster.HTTP);

    assertThat(route.bind()).singleElement().matches(a -> a.getAddress().isAnyLocalAddress());
    assertThat(route.split().pools().toList().getFirst().selector().members()).isEmpty();
  }

  @Test
  void closesAListenerWhoseSourcesItCannotReadAndSaysSo() {
    cluster.allowedSources = List.of("10.0.0.0/8", "anybody/8");

    var table = cluster.table();

    assertThat(table.routes()).isEmpty();
    assertThat(table.services().get(Cluster.LB).refused())
        .containsEntry(
            "shop/http",
            "allowedSources: \"anybody/8\" is not a CIDR such as 192.0.2.0/24 or 2001:db8::/32:"
                + " what stands before its / is not an IP address");
  }

  @Test
  void hasSecurityRulesOnlyWhereAGroupIsAttachedAndKeepsThemWhileTheyAreTheSame() {
    var none = cluster.table();
    assertThat(none.routes().get(Cluster.HTTP).securityRules()).isNull();

    cluster.securityRules = List.of(rule("10.0.0.0/8"));
    var table = cluster.table(none);
    var rules = table.routes().get(Cluster.HTTP).securityRules();
    assertThat(rules.rules()).isEqualTo(cluster.securityRules);

    cluster.securityRules = List.of(rule("10.0.0.0/8"));
    cluster.revision = "r2";
    var next = cluster.table(table);
    assertThat(next.routes().get(Cluster.HTTP)).isSameAs(table.routes().get(Cluster.HTTP));
    cluster.securityRules = List.of(rule("11.0.0.0/8"));
    assertThat(cluster.table(next).routes().get(Cluster.HTTP).securityRules()).isNotSameAs(rules);
  }

  @Test
  void closesListenersWhoseSecurityRulesItCannotReadAndSaysSo() {
    cluster.securityRules = List.of(rule("10.0.0.0/8"), rule("10.0.0.1/8"));

    var table = cluster.table();

    assertThat(table.routes()).isEmpty();
    assertThat(table.services().get(Cluster.LB).refused())
        .containsEntry(
            "shop/http",
            "securityRules: \"10.0.0.1/8\" is not a CIDR such as 192.0.2.0/24 or 2001:db8::/32:"
                + " the bits behind its prefix must be 0");
  }

  private static SecurityRule rule(String source) {
    return new SecurityRule("web/rule", RuleAction.ALLOW, RuleProtocol.TCP, null, List.of(source));
  }

  @Test
  void refusesAListenerWithoutItsPoolOrWithAnImpossiblePort() {
    cluster.pool = "shop/other";
    assertThat(cluster.table().services().get(Cluster.LB).refused().get("shop/http"))
        .isEqualTo("its pool shop/other is not in the ForwardingConfig of shop/web");

    cluster.pool = "shop/pods";
    cluster.port = 70000;
    assertThat(cluster.table().services().get(Cluster.LB).refused().get("shop/http"))
        .isEqualTo("port 70000 must be 1..65535");
  }

  @Test
  void refusesARangeOfPortsThatCannotBe() {
    cluster.slice("s", 1, "10.0.0.1").port = 5000;
    cluster.endPort = 4999;
    assertThat(cluster.table().services().get(Cluster.LB).refused().get("shop/http"))
        .isEqualTo("endPort 4999 must be 5000..65535");

    cluster.endPort = 65_536;
    assertThat(cluster.table().services().get(Cluster.LB).refused().get("shop/http"))
        .isEqualTo("endPort 65536 must be 5000..65535");

    cluster.port = 2;
    cluster.endPort = 60_000;
    assertThat(cluster.table().services().get(Cluster.LB).refused().get("shop/http"))
        .isEqualTo(
            "ports 2-60000 need 59999 ports from target 10.0.0.1 port 8080 on, and the last port"
                + " is 65535");
  }

  @Test
  void keepsTheLastGoodConfigurationBehindANewerFormat() {
    var good = cluster.slice("s", 1, "10.0.0.1").table();
    cluster.formatVersion = 2;
    cluster.revision = "r2";
    cluster.port = 81;
    cluster.slice("s", 1, "10.0.0.1", "10.0.0.2");

    var table = cluster.table(good);

    assertThat(table.routes().get(Cluster.HTTP).bind())
        .extracting(a -> a.getPort())
        .containsExactly(80);
    var service = table.services().get(Cluster.LB);
    assertThat(service.config().revision()).isEqualTo("r1");
    assertThat(service.problem())
        .isEqualTo("the newest ForwardingConfig has format version 2; this dataplane reads 1");
    assertThat(
            table
                .routes()
                .get(Cluster.HTTP)
                .split()
                .pools()
                .toList()
                .getFirst()
                .selector()
                .members())
        .as("its members go on changing")
        .hasSize(2);
  }

  @Test
  void keepsTheLastGoodConfigurationBehindAnUnreadableOne() {
    var good = cluster.table();
    cluster.exists = false;
    cluster.unreadable.put(Cluster.LB, "web.yaml, line 3: no");

    var table = cluster.table(good);

    assertThat(table.routes()).isEqualTo(good.routes());
    assertThat(table.services().get(Cluster.LB).problem()).isEqualTo("web.yaml, line 3: no");
    cluster.unreadable.clear();
    assertThat(cluster.table(table).routes()).as("deleted").isEmpty();
  }

  @Test
  void saysWhenNoConfigurationEverWasUsable() {
    cluster.formatVersion = 2;

    var service = cluster.table().services().get(Cluster.LB);

    assertThat(service.config()).isNull();
    assertThat(service.problem()).contains("format version 2");
  }

  @Test
  void isTheSameTableWhenNothingChanged() {
    cluster.slice("a", 1, "10.0.0.1", "10.0.0.2").slice("b", 2, "10.0.0.3");
    var table = cluster.table();
    cluster.slice("a", 1, "10.0.0.2", "10.0.0.1");

    assertThat(cluster.table(table)).isSameAs(table);
    cluster.revision = "r2";
    assertThat(cluster.table(table)).isNotSameAs(table);
    assertThat(cluster.table(table).routes()).isEqualTo(table.routes());
  }

  @Test
  void readsOnlyThePoolsAgainWhoseDocumentsChanged() {
    cluster.slice("s", 1, "10.0.0.1");
    var before = cluster.table();
    cluster.slices.getFirst().getEndpoints().clear(); // nobody may: a source makes a new object
    assertThat(cluster.table(before)).isSameAs(before);
    cluster.slice("s", 1, "10.0.0.2");
    assertThat(
            cluster
                .table(before)
                .routes()
                .get(Cluster.HTTP)
                .split()
                .pools()
                .toList()
                .getFirst()
                .members()
                .keySet())
        .singleElement()
        .hasToString("/10.0.0.2:8080");
  }

  @Test
  void servesTheOtherSlicesBesideOneThatCannotBeRead() {
    cluster.slice("bad", 257, "10.0.0.1").slice("good", 256, "10.0.0.2");

    var table = cluster.table();

    assertThat(
            table
                .routes()
                .get(Cluster.HTTP)
                .split()
                .pools()
                .toList()
                .getFirst()
                .selector()
                .members())
        .hasSize(1);
    assertThat(table.services().get(Cluster.LB).problem())
        .isEqualTo(
            "EndpointSlice bad is not used whole: its weight is \"257\" and must be a whole number,"
                + " 0..256");
  }

  @Test
  void keepsLoadBalancersApart() {
    cluster.slice("s", 1, "10.0.0.1");
    var foreign =
        cluster.slices.getFirst().edit().editMetadata().withNamespace("other").endMetadata();
    cluster.slices.add(foreign.editFirstEndpoint().withAddresses("10.0.0.9").endEndpoint().build());

    assertThat(cluster.table().routes()).containsOnlyKeys(Cluster.HTTP);
    assertThat(
            cluster
                .table()
                .routes()
                .get(Cluster.HTTP)
                .split()
                .pools()
                .toList()
                .getFirst()
                .selector()
                .members())
        .extracting(m -> m.target().address().getHostString())
        .containsExactly("10.0.0.1");
    assertThat(cluster.table().services())
        .isEqualTo(Map.of(Cluster.LB, cluster.table().services().get(Cluster.LB)));
  }
}
