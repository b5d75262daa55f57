package cloud.thalassa.lb.healthchecker.assign;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Highest-random-weight hashing: every checker that sees the same members names the same owner, and
 * a member that comes or goes moves only its own share.
 */
final class Rendezvous {
  /** The owner of a key; none without members. Cost: one hash per member. */
  static Optional<String> owner(String key, Collection<String> members) {
    return members.stream().max(byWeight(key));
  }

  /** The first of those who would own the key, in order, if those before them were not there. */
  static List<String> owners(String key, Collection<String> members, int count) {
    return members.stream().sorted(byWeight(key).reversed()).limit(count).toList();
  }

  private static Comparator<String> byWeight(String key) {
    var keyHash = hash(key);
    return (a, b) -> {
      var order = Long.compareUnsigned(mix(keyHash ^ hash(a)), mix(keyHash ^ hash(b)));
      return order != 0 ? order : a.compareTo(b);
    };
  }

  /** FNV-1a; not {@code String.hashCode}, whose 32 bits differ little between similar names. */
  private static long hash(String text) {
    var hash = 0xcbf29ce484222325L;
    for (var i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** SplitMix64's finaliser: every input bit reaches every output bit. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private Rendezvous() {}
}
