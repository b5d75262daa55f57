package cloud.thalassa.lb.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SliceTrieTest {
  @Test
  void fewMembersStayTogether() {
    assertThat(SliceTrie.split(members(100))).containsOnlyKeys("r");
  }

  @Test
  void everyMemberIsInOneBucketOfAtMostAHundred() {
    var members = members(3_000);
    var buckets = SliceTrie.split(members).values();
    assertThat(buckets).allSatisfy(bucket -> assertThat(bucket).hasSizeBetween(1, 100));
    assertThat(buckets.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(members);
  }

  /** A path is the prefix of no other: its members' hashes begin with it. */
  @Test
  void bucketsDoNotOverlap() {
    var paths = SliceTrie.split(members(3_000)).keySet();
    assertThat(paths)
        .allSatisfy(
            path ->
                assertThat(paths)
                    .noneMatch(other -> !other.equals(path) && other.startsWith(path)));
  }

  @Test
  void aPodThatLeavesTouchesOneBucketExceptWhenTwoMerge() {
    var members = members(1_000);
    var before = SliceTrie.split(members);
    int merges = 0;
    for (int i = 0; i < members.size(); i += 10) {
      var rest = new ArrayList<>(members);
      rest.remove(i);
      var after = SliceTrie.split(rest);
      if (after.keySet().equals(before.keySet())) {
        assertThat(touched(before, after)).isEqualTo(1);
      } else {
        merges++;
      }
    }
    assertThat(merges).isLessThan(members.size() / 10);
  }

  @Test
  void growingByOnePodAtATimeTouchesFewBuckets() {
    int touched = 0;
    var before = SliceTrie.split(members(200));
    for (int count = 201; count <= 1_000; count++) {
      var after = SliceTrie.split(members(count));
      touched += touched(before, after);
      before = after;
    }
    assertThat(touched).isLessThan(800 + 3 * 1_000 / 25);
  }

  private static int touched(Map<String, List<Member>> before, Map<String, List<Member>> after) {
    var paths = new HashSet<>(before.keySet());
    paths.addAll(after.keySet());
    return (int)
        paths.stream()
            .filter(
                path ->
                    !before
                        .getOrDefault(path, List.of())
                        .equals(after.getOrDefault(path, List.of())))
            .count();
  }

  private static List<Member> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "10.0.%d.%d".formatted(i / 250, i % 250 + 1))
        .map(ip -> new Member(ip, false, 8080, null, 1, true, false, null, null, null))
        .toList();
  }
}
