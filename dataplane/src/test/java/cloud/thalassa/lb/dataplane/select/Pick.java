package cloud.thalassa.lb.dataplane.select;

import cloud.thalassa.lb.dataplane.admit.Ip;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Members 10.0.0.0, 10.0.0.1 and so on with given weights, and choices among them. */
final class Pick {
  static final InetAddress CLIENT = client(1);

  private Pick() {}

  static RandomGenerator seeded() {
    return new SplittableRandom(20261125);
  }

  static List<Weighted> members(int... weights) {
    var members = new ArrayList<Weighted>();
    for (int i = 0; i < weights.length; i++) {
      var address = InetAddress.ofLiteral("10.0.%d.%d".formatted(i / 256, i % 256));
      members.add(
          new Weighted(new Target(new InetSocketAddress(address, 8080), "shop/pods"), weights[i]));
    }
    return members;
  }

  static InetAddress client(int number) {
    return InetAddress.ofLiteral(
        "172.%d.%d.%d".formatted((number >> 16) & 255, (number >> 8) & 255, number & 255));
  }

  /** At the time 0. */
  static Iterator<Target> candidates(
      Selector selector, InetAddress client, RandomGenerator random) {
    return selector.candidates(Ip.high(client), Ip.low(client), 0, random);
  }

  /** The index of the first candidate. */
  static int first(Selector selector, InetAddress client, RandomGenerator random) {
    return index(selector, candidates(selector, client, random).next());
  }

  static int index(Selector selector, Target target) {
    for (int i = 0; i < selector.members().size(); i++) {
      if (selector.members().get(i).target() == target) {
        return i;
      }
    }
    throw new AssertionError(target + " is not a member");
  }

  /** How often each member was the first candidate. */
  static int[] counts(Selector selector, int choices, RandomGenerator random) {
    var counts = new int[selector.members().size()];
    for (int i = 0; i < choices; i++) {
      counts[first(selector, CLIENT, random)]++;
    }
    return counts;
  }

  /** Pearson's statistic of counts against shares in proportion to the weights. */
  static double chiSquare(int[] counts, List<Weighted> members) {
    double weights = members.stream().mapToInt(Weighted::weight).sum();
    double choices = java.util.Arrays.stream(counts).sum();
    double statistic = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = choices * members.get(i).weight() / weights;
      statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return statistic;
  }
}
