package cloud.thalassa.lb.crds.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait for a broker. Nobody waits for them: while the broker is away they are kept as
 * far as there is room, and what finds none is counted. Each is sent until it was taken, so that
 * one may be taken twice.
 */
public final class Outbox implements AutoCloseable {
  /** Tells nobody, and costs nothing. */
  public static final Outbox OFF =
      new Outbox(
          "", 1, _ -> CompletableFuture.completedStage(null), InstantSource.system(), _ -> {});

  private static final int BATCH = 64;

  private final String source;
  private final Function<String, CompletionStage<?>> send;
  private final InstantSource clock;
  private final Consumer<String> complaints;
  private final Duration patience;
  private final Duration pause;
  private final BlockingQueue<Told> waiting;
  private final Fairness fairness = new Fairness();
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = new Thread(this::run, "events");
  private volatile boolean closing;
  private volatile int underWay;
  private boolean failing;

  /**
   * @param source no other process has, nor this one after its next start
   * @param most that wait
   * @param send is done when the broker has it
   * @param complaints gets a sentence when an outage begins
   */
  public Outbox(
      String source,
      int most,
      Function<String, CompletionStage<?>> send,
      InstantSource clock,
      Consumer<String> complaints) {
    this(source, most, send, clock, complaints, Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  /**
   * @param patience with one that was sent
   * @param pause before what failed is sent again
   */
  Outbox(
      String source,
      int most,
      Function<String, CompletionStage<?>> send,
      InstantSource clock,
      Consumer<String> complaints,
      Duration patience,
      Duration pause) {
    this.source = source;
    this.waiting = new ArrayBlockingQueue<>(most);
    this.send = send;
    this.clock = clock;
    this.complaints = complaints;
    this.patience = patience;
    this.pause = pause;
    thread.setDaemon(true);
  }

  public Outbox start() {
    thread.start();
    return this;
  }

  /** It has just happened. From any thread; returns at once. */
  public void tell(Event event) {
    if (this == OFF) {
      return;
    }
    if (admitted(event.loadBalancer())) {
      tell(new Told(source, number.incrementAndGet(), clock.instant().toString(), event));
    } else {
      dropped.incrementAndGet();
    }
  }

  /** Of another source, which has said when. */
  public void tell(Told told) {
    if (this != OFF && !waiting.offer(told)) {
      dropped.incrementAndGet();
    }
  }

  /** Whether anybody is told. */
  public boolean isOn() {
    return this != OFF;
  }

  public long published() {
    return published.get();
  }

  /** Found no room, or were too many of one load balancer. */
  public long dropped() {
    return dropped.get();
  }

  public int waiting() {
    return waiting.size() + underWay;
  }

  /** Sends what waits, but not for long. */
  @Override
  public void close() {
    if (this == OFF) {
      return;
    }
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean admitted(String loadBalancer) {
    return fairness.admits(loadBalancer, System.nanoTime());
  }

  private void run() {
    var batch = new ArrayList<Told>(BATCH);
    while (!closing) {
      try {
        if (batch.isEmpty()) {
          batch.add(waiting.take());
        }
        send(batch);
        if (!batch.isEmpty()) {
          Thread.sleep(pause);
        }
      } catch (InterruptedException e) {
        // closing: the last round is below
      }
    }
    try {
      do {
        send(batch);
      } while (batch.isEmpty() && !waiting.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is left in the batch was not taken. */
  private void send(List<Told> batch) throws InterruptedException {
    waiting.drainTo(batch, BATCH - batch.size());
    underWay = batch.size();
    var sent = batch.stream().map(this::sent).toList();
    var left = new ArrayList<Told>();
    String failure = null;
    long deadline = System.nanoTime() + patience.toNanos();
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        published.incrementAndGet();
      } catch (ExecutionException | TimeoutException e) {
        left.add(batch.get(i));
        failure = e.getCause() == null ? "no answer" : sentence(e.getCause());
      }
    }
    batch.clear();
    batch.addAll(left);
    underWay = batch.size();
    complain(failure);
  }

  private CompletableFuture<?> sent(Told told) {
    try {
      return send.apply(told.json()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What lies at the bottom: above it connectors speak of their attempts. */
  private static String sentence(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private void complain(@Nullable String failure) {
    if (failure != null && !failing) {
      complaints.accept(failure.replaceAll("\\s+", " "));
    }
    failing = failure != null;
  }
}
