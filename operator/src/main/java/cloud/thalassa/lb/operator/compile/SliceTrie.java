package cloud.thalassa.lb.operator.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Distributes members over buckets such that one that comes or goes touches one bucket: a binary
 * trie over a hash of the address, in which a bucket that is too full splits by the next bit.
 */
final class SliceTrie {
  static final int CAPACITY = 100;
  private static final String ROOT = "r";

  private final SortedMap<String, List<Member>> buckets = new TreeMap<>();

  private SliceTrie() {}

  /** Buckets by their path in the trie; each keeps the order of the members. */
  static SortedMap<String, List<Member>> split(List<Member> members) {
    var trie = new SliceTrie();
    if (members.size() <= CAPACITY) {
      trie.buckets.put(ROOT, members);
    } else {
      trie.place("", members.stream().map(m -> new Leaf(Digest.bits(m.address()), m)).toList());
    }
    return trie.buckets;
  }

  /** Members of one key differ in their addresses, so their 64 bits differ somewhere. */
  private void place(String path, List<Leaf> leaves) {
    if (leaves.size() <= CAPACITY || path.length() == Long.SIZE) {
      if (!leaves.isEmpty()) {
        buckets.put(path.isEmpty() ? ROOT : path, leaves.stream().map(Leaf::member).toList());
      }
      return;
    }
    var zeros = new ArrayList<Leaf>();
    var ones = new ArrayList<Leaf>();
    long bit = Long.MIN_VALUE >>> path.length();
    leaves.forEach(leaf -> ((leaf.hash & bit) == 0 ? zeros : ones).add(leaf));
    place(path + "0", zeros);
    place(path + "1", ones);
  }

  private record Leaf(long hash, Member member) {}
}
