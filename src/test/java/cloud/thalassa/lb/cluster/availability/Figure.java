package cloud.thalassa.lb.cluster.availability;

import cloud.thalassa.lb.traffic.Account;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a row of the table shows, over all its events.
 *
 * @param row where it stands in the table
 * @param sync kube-proxy's sync period where the clients were
 * @param served from each event to the last new connection that failed, in milliseconds, sorted
 * @param outcomes of new connections that began after an event and failed
 * @param caught new connections under way that the events took with them
 * @param slow new connections that were served after more than 0.9 s
 * @param cut lasting connections of what an event took away; and of others
 * @param silence the longest time that a UDP flow had no answer, in milliseconds
 * @param late the longest time for which the machine did not run the clients, in milliseconds
 * @param between new connections that failed after one event and before the next
 * @param more what else is to be said
 */
record Figure(
    String row,
    String event,
    String sync,
    List<Long> served,
    long opened,
    Map<String, Long> outcomes,
    long caught,
    long slow,
    long cut,
    long cutOthers,
    long lost,
    long silence,
    long late,
    long between,
    Quiet quiet,
    String more) {

  /** The same load without any event. */
  record Quiet(long opened, long failed, long slow, long cut, long lost, long took99, long late) {
    static Quiet of(Account account) {
      return new Quiet(
          account.opened(),
          account.failed().size(),
          account.slow().size(),
          account.cuts().size(),
          account.lost(),
          account.took(0.99).toMillis(),
          account.late().toMillis());
    }
  }

  static Figure of(String row, String event, Trial.Ended ended, String more) {
    var served =
        ended.events().stream()
            .map(it -> it.account(ended.seen()).untilServed(it.at()).toMillis())
            .sorted()
            .toList();
    var outcomes = new TreeMap<String, Long>();
    ended
        .accounts()
        .forEach(account -> account.outcomes().forEach((k, v) -> outcomes.merge(k, v, Long::sum)));
    long caught =
        ended.events().stream()
            .mapToLong(it -> it.account(ended.seen()).caught(it.at()).size())
            .sum();
    long others =
        ended.events().stream()
            .mapToLong(it -> it.account(ended.seen()).cutsBesides(it.lost()).size())
            .sum();
    long cuts = sum(ended, account -> account.cuts().size());
    return new Figure(
        row,
        event,
        ended.sync(),
        served,
        sum(ended, Account::opened),
        outcomes,
        caught,
        sum(ended, account -> account.slow().size()),
        cuts - others,
        others,
        sum(ended, Account::lost),
        longest(ended, Account::silence),
        longest(ended, Account::late),
        ended.failedBetween(),
        Quiet.of(ended.quiet()),
        more);
  }

  long failed() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  long median() {
    return served.get(served.size() / 2);
  }

  /** Of up to a hundred tries the worst. */
  long p99() {
    return served.get((int) Math.ceil(0.99 * served.size()) - 1);
  }

  private static long sum(Trial.Ended ended, ToLongFunction<Account> what) {
    return ended.accounts().stream().mapToLong(what).sum();
  }

  private static long longest(Trial.Ended ended, Function<Account, Duration> what) {
    return ended.accounts().stream()
        .map(what)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO)
        .toMillis();
  }
}
