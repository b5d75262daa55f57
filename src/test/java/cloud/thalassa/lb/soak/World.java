package cloud.thalassa.lb.soak;

import java.util.ArrayList;
import java.util.List;

/** The listeners, pools and machines, before anything changes. */
final class World {
  /** The last two of them are strange. */
  private static final int HOSTS = 26;

  final List<Place> places = new ArrayList<>();
  final List<Pool> pools = new ArrayList<>();
  final List<TargetHost> hosts = new ArrayList<>();

  private final Pool web = pool("web", "RoundRobin", 6);
  private final Pool few = pool("few", "LeastConnections", 4);
  private final Pool brief = pool("brief", "Maglev", 3);
  private final Pool names = pool("names", "Random", 5);
  private final Pool strange = pool("strange", "RoundRobin", 3);

  World() {
    fixed("plain", "TCP", 20_001, "None", web);
    fixed("version-1", "TCP", 20_002, "V1", web);
    fixed("version-2", "TCP", 20_003, "V2", web);
    fixed("few", "TCP", 20_004, "None", few);
    fixed("udp", "UDP", 20_005, "None", names);
    fixed("udp-version-2", "UDP", 20_006, "V2", names);
    fixed("strange", "TCP", 20_007, "None", strange);
    fixed("strange-version-1", "TCP", 20_008, "V1", strange);
    fixed("strange-version-2", "TCP", 20_009, "V2", strange);
    fixed("strange-udp", "UDP", 20_010, "None", strange);
    fixed("strange-udp-version-2", "UDP", 20_011, "V2", strange);
    accepting("accepts", 20_012, "None", web, true);
    accepting("accepts-version-2", 20_013, "V2", few, true);
    accepting("strange-accepts", 20_014, "V1", strange, true);
    range("range", "TCP", 20_021, "V2", web);
    range("range-udp", "UDP", 20_021, "V2", names);
    passing("comes-1", "TCP", 20_101, "None", brief);
    passing("comes-2", "TCP", 20_102, "V2", brief);
    passing("comes-3", "TCP", 20_103, "V1", web);
    passing("comes-udp", "UDP", 20_104, "None", names);
    passing("moves", "TCP", 20_105, "None", few);
    passing("moves", "TCP", 20_106, "None", few);
    accepting("comes-accepting", 20_107, "V1", brief, false);
  }

  /** For clients that mean it. */
  List<Place> sensible() {
    return places.stream().filter(place -> place.pool != strange).toList();
  }

  /** Where upstreams come that do not say who their client is, and nobody who is strange. */
  Place forImpostors() {
    return places.stream().filter(place -> place.name.equals("accepts")).findFirst().orElseThrow();
  }

  List<Place> forStrangers() {
    return places.stream().filter(place -> place != forImpostors()).toList();
  }

  /** The pools of which members leave and come back. */
  List<Pool> changing() {
    return List.of(web, few, brief, names);
  }

  void open(Reactor reactor, Crowd crowd, Flows flows, Fuzz fuzz) {
    for (var number = 1; number <= HOSTS; number++) {
      var odd = number > HOSTS - 2;
      var host = new TargetHost(number, odd, reactor, crowd, flows, fuzz);
      hosts.add(host);
      host.open();
      if (odd) {
        strange.add(host);
        continue;
      }
      web.add(host);
      (number % 3 == 0 ? few : number % 3 == 1 ? brief : names).add(host);
    }
  }

  /** Those that die at times. */
  List<TargetHost> mortals() {
    return hosts.subList(0, HOSTS - 2);
  }

  private Pool pool(String name, String policy, int drainSeconds) {
    var pool = new Pool(name, policy, drainSeconds);
    pools.add(pool);
    return pool;
  }

  private void fixed(String name, String protocol, int port, String proxyProtocol, Pool pool) {
    places.add(new Place(name, protocol, port, proxyProtocol, pool, true, false, 0));
  }

  private void passing(String name, String protocol, int port, String proxyProtocol, Pool pool) {
    places.add(new Place(name, protocol, port, proxyProtocol, pool, false, false, 0));
  }

  private void accepting(String name, int port, String proxyProtocol, Pool pool, boolean fixed) {
    places.add(new Place(name, "TCP", port, proxyProtocol, pool, fixed, true, 0));
  }

  private void range(String name, String protocol, int port, String proxyProtocol, Pool pool) {
    for (var offset = 0; offset < TargetHost.PORTS; offset++) {
      places.add(
          new Place(name, protocol, port + offset, proxyProtocol, pool, true, false, offset));
    }
  }
}
