package cloud.thalassa.lb.healthchecker.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final List<String> GROUPS =
      IntStream.range(0, 10_000).mapToObj(i -> "tenant-" + i % 100 + "/group-" + i).toList();

  @Test
  void sharesAreEven() {
    var members =
        List.of("healthchecker-7d9f-abcde", "healthchecker-7d9f-abcdf", "healthchecker-7d9f-abcdg");
    var shares =
        GROUPS.stream()
            .collect(
                Collectors.groupingBy(
                    g -> Rendezvous.owner(g, members).get(), Collectors.counting()));
    // binomial: sigma is 47 of 3333
    assertThat(shares)
        .hasSize(3)
        .allSatisfy((member, share) -> assertThat(share).isBetween(3133L, 3533L));
  }

  @Test
  void onlyTheLeaversShareMoves() {
    var before = List.of("a", "b", "c", "d");
    var after = List.of("a", "c", "d");
    for (var group : GROUPS) {
      var owner = Rendezvous.owner(group, before).get();
      if (!owner.equals("b")) {
        assertThat(Rendezvous.owner(group, after)).contains(owner);
      }
    }
  }

  @Test
  void orderOfMembersDoesNotMatter() {
    var members = new ArrayList<>(List.of("a", "b", "c", "d"));
    for (var group : GROUPS.subList(0, 100)) {
      var owner = Rendezvous.owner(group, members);
      assertThat(Rendezvous.owner(group, members.reversed())).isEqualTo(owner);
    }
  }

  @Test
  void theSecondOwnerTakesOverFromTheFirst() {
    var members = List.of("a", "b", "c");
    for (var group : GROUPS.subList(0, 100)) {
      var owners = Rendezvous.owners(group, members, 2);
      assertThat(owners).hasSize(2).startsWith(Rendezvous.owner(group, members).get());
      var left = members.stream().filter(member -> !member.equals(owners.getFirst())).toList();
      assertThat(Rendezvous.owner(group, left)).contains(owners.getLast());
    }
    assertThat(Rendezvous.owners("a/b", List.of("a"), 2)).containsExactly("a");
  }

  @Test
  void nobodyOwnsWithoutMembers() {
    assertThat(Rendezvous.owner("a/b", List.of())).isEmpty();
  }
}
