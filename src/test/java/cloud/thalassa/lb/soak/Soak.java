package cloud.thalassa.lb.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A dataplane under everything at once, for as long as one has. */
final class Soak implements AutoCloseable {
  private static final int WARM_UP_CONNECTIONS = 50;
  private static final int WARM_UP_SECONDS = 2;
  private static final int REPORT_MILLIS = 5000;

  private static final String OPEN = "thalassa_lb_connections_open";

  /** The epoll engine keeps up to 128 pipes, of two descriptors, for each loop. */
  private static final int MOST_PIPES = 8 + 2 * 128 * Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final Ledger ledger = new Ledger();
  private final World world = new World();
  private final Reactor reactor;
  private final Crowd crowd;
  private final Flows flows;
  private final Fuzz fuzz;
  private final Impostors impostors;
  private final Swaps swaps;
  private final Subject subject;
  private final Memory resident = new Memory("resident", 16 * 1024);
  private final Memory heap = new Memory("live heap", 8 * 1024);
  private final List<Integer> live = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private boolean measuring;

  Soak(Settings settings, Path directory) throws IOException {
    this.settings = settings;
    say("seed %d, engine %s".formatted(settings.seed(), settings.engine()));
    reactor = new Reactor(settings.seed());
    crowd = new Crowd(settings, reactor, ledger, world.sensible());
    flows = new Flows(reactor, ledger, world.sensible());
    fuzz = new Fuzz(reactor, ledger, world.forStrangers());
    impostors = new Impostors(world.forImpostors(), reactor, ledger);
    world.open(reactor, crowd, flows, fuzz);
    var documents = new Documents(directory, world.places, world.pools);
    documents.writeAll();
    swaps = new Swaps(world, documents, reactor, ledger);
    subject = new Subject(directory, settings.engine());
  }

  /** Returns what is wrong, a sentence each. */
  List<String> run() {
    var problems = new ArrayList<String>();
    if (!until(60, subject::ready)) {
      return List.of("the dataplane did not become ready:\n" + subject.output());
    }
    crowd.start(WARM_UP_CONNECTIONS);
    turn(WARM_UP_SECONDS);
    crowd.leave();
    subject.liveHeapKiB();
    turn(1);
    until(20, () -> subject.metric(OPEN) == 0);
    var before = settled();
    say("descriptors at rest: " + before);

    load(problems);

    say("the load ends");
    until(90, () -> atRest(subject.descriptors(), before));
    var after = subject.descriptors();
    say("descriptors at rest: " + after);
    say("live heap at rest: %d MiB".formatted(subject.liveHeapKiB() / 1024));
    leaks(before, after, problems);
    judge(problems);
    return problems;
  }

  private void load(List<String> problems) {
    crowd.want(settings.population());
    flows.start(settings.flows());
    fuzz.start();
    impostors.start();
    until(120, () -> ledger.live >= settings.connections());
    swaps.start();
    measuring = true;
    reactor.every(REPORT_MILLIS, this::report);
    reactor.every(1000, this::count);
    reactor.every(Math.max(1000, settings.seconds() * 1000L / 60), this::measure);
    reactor.every(Math.max(3000, settings.seconds() * 1000L / 30), this::measureHeap);
    turn(settings.seconds());
    measuring = false;
    say(impostors.toString());
    impostors.judge(subject, problems);
    swaps.end();
    crowd.leave();
    flows.leave();
    fuzz.leave();
    impostors.leave();
  }

  private void count() {
    if (measuring) {
      live.add(ledger.live);
    }
  }

  private void measure() {
    if (measuring) {
      resident.add(subject.residentKiB());
    }
  }

  /** A collection takes its time: not on this thread. */
  private void measureHeap() {
    if (measuring) {
      Thread.ofVirtual().start(() -> heap.add(subject.liveHeapKiB()));
    }
  }

  private void report() {
    if (measuring) {
      say(
          ("%d live, %d flows, %d opened, %d swaps, %d MB exact, ends explained %d, unexplained %d,"
                  + " resident %d MiB, live heap %d MiB, %d descriptors")
              .formatted(
                  ledger.live,
                  flows.size(),
                  ledger.opened,
                  ledger.swaps,
                  ledger.bytes / 1_000_000,
                  ledger.explained().values().stream().mapToLong(n -> n).sum(),
                  ledger.unexplained(),
                  resident.last(),
                  heap.last(),
                  subject.descriptorCount()));
    }
  }

  private static void leaks(
      Map<String, Integer> before, Map<String, Integer> after, List<String> problems) {
    if (!atRest(after, before)) {
      problems.add("descriptors were left: " + before + " before, " + after + " after");
    }
  }

  /** What it has when that stays the same: a socket of the last question may still be closing. */
  private Map<String, Integer> settled() {
    var looks = new ArrayList<>(List.of(subject.descriptors()));
    turn(1);
    until(
        20,
        () -> {
          looks.add(subject.descriptors());
          return looks.getLast().equals(looks.get(looks.size() - 2));
        });
    return looks.getLast();
  }

  /** As many as before of every kind; only pipes are kept for those who come, within a bound. */
  private static boolean atRest(Map<String, Integer> now, Map<String, Integer> before) {
    var others = new TreeMap<>(now);
    var expected = new TreeMap<>(before);
    others.remove("pipe");
    expected.remove("pipe");
    return others.equals(expected) && now.getOrDefault("pipe", 0) <= MOST_PIPES;
  }

  private void judge(List<String> problems) {
    say("ends: " + ledger.explained());
    say(
        "UDP: %d datagrams sent, %d answered; fuzz: %d connections, %d datagrams"
            .formatted(
                ledger.datagramsSent,
                ledger.datagramsAnswered,
                ledger.fuzzConnections,
                ledger.fuzzDatagrams));
    var fewest = live.stream().mapToInt(n -> n).min().orElse(0);
    var average = live.stream().mapToInt(n -> n).average().orElse(0);
    var full = live.stream().filter(n -> n >= settings.connections()).count();
    say(
        "live on average %.0f, %d or more for %d of %d s, at least %d, %d s after the start"
            .formatted(
                average, settings.connections(), full, live.size(), fewest, live.indexOf(fewest)));
    if (settings.judgesMemory()) {
      say(resident + "; " + heap);
    }
    say("tables: " + subject.metric("thalassa_lb_table_swaps_total"));
    if (ledger.unexplained() > 0) {
      problems.add(ledger.unexplained() + " unexplained, such as " + ledger.sentences());
    }
    if (average < settings.connections()
        || full < live.size() * 9L / 10
        || fewest < settings.fewest()) {
      problems.add(
          "too few connections lived to show anything: %d should on average and for nine tenths of the time, %d always"
              .formatted(settings.connections(), settings.fewest()));
    }
    for (var memory : List.of(resident, heap)) {
      if (settings.judgesMemory() && !memory.flat()) {
        problems.add("memory is not flat: " + memory);
      }
    }
    var defects = subject.metric("thalassa_lb_connections_total", "InternalError");
    var open = subject.metric(OPEN);
    if (defects > 0 || open > 0) {
      problems.add("%d internal errors, %d connections counted as open".formatted(defects, open));
    }
    if (subject.alive()) {
      var code = subject.end();
      if (code != 143 && code != 0) {
        problems.add("the dataplane ended with code " + code);
      }
    } else {
      problems.add("the dataplane is dead");
    }
    subject.complaints().stream().limit(20).forEach(line -> problems.add("it logged: " + line));
  }

  private void turn(int seconds) {
    reactor.runUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  private boolean until(int seconds, BooleanSupplier done) {
    for (var second = 0; second < seconds && subject.alive(); second++) {
      if (done.getAsBoolean()) {
        return true;
      }
      turn(1);
    }
    return done.getAsBoolean();
  }

  private void say(String what) {
    System.out.printf("soak %5.0f s: %s%n", (System.nanoTime() - startedAt) / 1e9, what);
  }

  @Override
  public void close() throws IOException {
    if (subject.alive()) {
      subject.kill();
    }
    reactor.close();
  }
}
