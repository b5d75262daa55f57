package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.Child;
import cloud.thalassa.lb.e2e.kube.KubeTools;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real broker, as a process that can be killed and comes back with what it had. */
final class Broker implements AutoCloseable {
  private static final String QUEUE = "thalassa-lb-events";

  private final String connector;
  private final int port;
  private final Path directory;
  private final List<String> command;
  private Child process;

  private Broker(String connector, int port, Path directory, List<String> command) {
    this.connector = connector;
    this.port = port;
    this.directory = directory;
    this.command = command;
    start();
  }

  static Broker start(String connector, int port) throws IOException {
    var directory = KubeTools.empty("broker/" + connector);
    return connector.equals("kafka") ? kafka(directory, port) : artemis(directory, port);
  }

  private static Broker artemis(Path directory, int port) {
    var arguments = List.of(directory.toString(), Integer.toString(port), QUEUE);
    return new Broker("amqp", port, directory, java(Artemis.class.getName(), arguments));
  }

  private static Broker kafka(Path directory, int port) throws IOException {
    var file = directory.resolve("server.properties");
    Files.writeString(
        file,
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@127.0.0.1:%2$d
        log.dirs=%3$s/log
        num.partitions=1
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(port, port + 1, directory));
    var format = List.of("format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", file.toString());
    var formatting =
        Child.start(
            "format",
            directory.resolve("format.log"),
            Map.of(),
            java("kafka.tools.StorageTool", format));
    if (formatting.exitCode(60) != 0) {
      throw new IllegalStateException(formatting.output());
    }
    return new Broker("kafka", port, directory, java("kafka.Kafka", List.of(file.toString())));
  }

  private static List<String> java(String main, List<String> arguments) {
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                main));
    command.addAll(arguments);
    return command;
  }

  /** Of a program that is to use it. */
  Map<String, String> environment() {
    return environment("127.0.0.1");
  }

  /**
   * @param host as it sees this machine
   */
  Map<String, String> environment(String host) {
    return Map.of(
        "THALASSA_EVENTS_CONNECTOR", connector,
        "THALASSA_EVENTS_HOST", host,
        "THALASSA_EVENTS_PORT", Integer.toString(port));
  }

  void start() {
    process = Child.start(connector, directory.resolve("broker.log"), Map.of(), command);
    await(connector + " listens").atMost(Duration.ofSeconds(60)).until(this::listens);
  }

  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.kill();
  }

  private boolean listens() {
    if (!process.alive()) {
      throw new IllegalStateException(process.output());
    }
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return connector;
  }
}
