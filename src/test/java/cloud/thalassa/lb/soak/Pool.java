package cloud.thalassa.lb.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A target group in the documents, and since when its members are in it. */
final class Pool {
  private static final List<String> POLICIES =
      List.of("RoundRobin", "Random", "LeastConnections", "Maglev");

  final String name;
  final int drainSeconds;
  final List<Member> members = new ArrayList<>();
  private String policy;

  Pool(String name, String policy, int drainSeconds) {
    this.name = name;
    this.policy = policy;
    this.drainSeconds = drainSeconds;
  }

  Member add(TargetHost host) {
    var member = new Member(this, host, new Presence(drainSeconds, true, System.nanoTime()));
    members.add(member);
    return member;
  }

  @Nullable Member member(TargetHost host) {
    return members.stream().filter(m -> m.host == host).findFirst().orElse(null);
  }

  long present() {
    return members.stream().filter(member -> member.presence.here()).count();
  }

  void changePolicy(SplittableRandom random) {
    policy = POLICIES.get(random.nextInt(POLICIES.size()));
  }

  String yaml() {
    return """
          - name: default/%s
            policy: %s
            whenNoneHealthy: FailOpen
            drainTimeoutSeconds: %d
        """
        .formatted(name, policy, drainSeconds);
  }

  /** A target in this pool. */
  static final class Member {
    final Pool pool;
    final TargetHost host;
    final Presence presence;
    int weight = 1;

    /** It drains by weight 0 instead of being absent. */
    boolean weightless;

    Member(Pool pool, TargetHost host, Presence presence) {
      this.pool = pool;
      this.host = host;
      this.presence = presence;
    }

    String file() {
      return pool.name + "-" + host.number;
    }

    boolean written() {
      return presence.here() || weightless;
    }

    String yaml() {
      return """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: %s
            namespace: default
            labels:
              lb.thalassa.cloud/load-balancer: soak
              lb.thalassa.cloud/target-group: %s
              lb.thalassa.cloud/target-group-namespace: default
            annotations: {lb.thalassa.cloud/weight: "%d"}
          addressType: IPv4
          ports: [{name: target, port: %d}]
          endpoints: [{addresses: ["%s"], conditions: {ready: true}}]
          """
          .formatted(
              file(),
              pool.name,
              presence.here() ? weight : 0,
              TargetHost.PORT,
              host.address.getHostAddress());
    }
  }
}
