package cloud.thalassa.lb.traffic;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients of {@code src/traffic}, as a process of their own. */
public final class Load implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path record;

  private Load(Process process, Path record) {
    this.process = process;
    this.record = record;
  }

  /**
   * @param rate new connections a second
   * @param lasting connections that are open at any time
   * @param flows UDP flows
   * @param life of a lasting connection on average; after at most one and a half of it it ends
   */
  public record Plan(int rate, int lasting, int flows, Duration life, Duration patience) {
    public Plan living(Duration life) {
      return new Plan(rate, lasting, flows, life, patience);
    }

    /** One of so many equal parts; together they are no smaller than the whole. */
    public Plan part(int parts) {
      return new Plan(
          Math.ceilDiv(rate, parts),
          Math.ceilDiv(lasting, parts),
          Math.ceilDiv(flows, parts),
          life,
          patience);
    }
  }

  /** The program, built when it is not yet or no more. */
  public static Path program() {
    return built("build", KubeTools.target().resolve("traffic/traffic"));
  }

  /** The program as an image, for targets: {@code localhost/thalassa-lb/traffic:test}. */
  public static Path image() {
    return built("image", KubeTools.target().resolve("traffic/traffic.tar"));
  }

  private static Path built(String script, Path file) {
    var command = KubeTools.REPOSITORY.resolve("src/traffic").resolve(script).toString();
    try {
      var build = new ProcessBuilder(command, file.toString()).inheritIO().start();
      if (build.waitFor() != 0) {
        throw new IllegalStateException(command + " failed");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(command + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command, e);
    }
  }

  /**
   * @param where the command that runs another one where the clients are; may be empty
   * @param from the prefix of the clients' addresses
   * @param to the load balancer's address, and the ports that it serves there
   * @param record a file for what the clients see
   */
  public static Load start(
      List<String> where,
      String from,
      String to,
      int tcpPort,
      int udpPort,
      Plan plan,
      Path record) {
    var command = new ArrayList<>(where);
    command.addAll(List.of(program().toString(), "load", "-from", from, "-to", to));
    command.addAll(List.of("-tcp", Integer.toString(tcpPort), "-udp", Integer.toString(udpPort)));
    command.addAll(List.of("-rate", Integer.toString(plan.rate())));
    command.addAll(List.of("-lasting", Integer.toString(plan.lasting())));
    command.addAll(List.of("-flows", Integer.toString(plan.flows())));
    command.addAll(List.of("-life", plan.life().toMillis() + "ms"));
    command.addAll(List.of("-patience", plan.patience().toMillis() + "ms"));
    try {
      Files.createDirectories(record.getParent());
      var process =
          new ProcessBuilder(command)
              .redirectOutput(record.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Load(process, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until every lasting connection is open and every flow was answered. */
  public void awaitReady() {
    await("the load is complete: " + record)
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || Files.readString(record).contains("ready "));
    if (!process.isAlive()) {
      throw new IllegalStateException("the load has ended, with code " + process.exitValue());
    }
  }

  /** Lets the load go on for so long. */
  public void run(Duration time) {
    var until = Instant.now().plus(time);
    await().atMost(time.plusSeconds(10)).until(() -> Instant.now().isAfter(until));
  }

  public Seen stop() {
    close();
    return Seen.read(record);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the load does not end: " + record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the load ended", e);
    }
  }
}
