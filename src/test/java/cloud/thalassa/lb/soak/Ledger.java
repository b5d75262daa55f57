package cloud.thalassa.lb.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was seen: ends that the driver caused itself, and what it cannot explain. */
final class Ledger {
  private static final int SENTENCES = 40;

  /** Why an end of a connection ended, by the driver's own doing. */
  enum Cause {
    FINISHED,
    CLIENT_RESET,
    CLIENT_CLOSED,
    TARGET_RESET,
    TARGET_CLOSED,
    TARGET_KILLED,
    TARGET_LEFT,
    LISTENER_LEFT,
    LISTENER_NOT_YET
  }

  private final Map<Cause, Long> explained = new EnumMap<>(Cause.class);
  private final List<String> sentences = new ArrayList<>();
  private long unexplained;

  long opened;
  long swaps;
  long bytes;
  long datagramsSent;
  long datagramsAnswered;
  long fuzzConnections;
  long fuzzDatagrams;
  int live;

  void explained(Cause cause) {
    explained.merge(cause, 1L, Long::sum);
  }

  void unexplained(String sentence) {
    unexplained++;
    if (sentences.size() < SENTENCES) {
      sentences.add(sentence);
      System.out.println("soak: UNEXPLAINED: " + sentence);
    }
  }

  Map<Cause, Long> explained() {
    return explained;
  }

  /** All of them, not only those that are written out. */
  long unexplained() {
    return unexplained;
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }
}
