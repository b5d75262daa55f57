package cloud.thalassa.lb.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Every command once, before a cluster that has one load balancer and exists only here: what is
 * loaded for it goes into the start cache.
 */
final class Rehearsal {
  /** The only argument. */
  static final String COMMAND = "__rehearse";

  private static final String[][] COMMANDS = {
    {"list"},
    {"list", "-o", "json"},
    {"get", "web"},
    {"get", "web", "-o", "yaml"},
    {"events", "web"},
    {"explain", "--from", "203.0.113.7:4431", "--to", "web:80"},
    {"diff", "-f", "FILE"},
    {"top", "web", "--once", "--interval", "0.1"},
    {"list", "--help"},
    {"list", "--wrong"},
    {Completer.COMMAND, "get", ""}
  };

  private final JsonNode answers;

  private Rehearsal(JsonNode answers) {
    this.answers = answers;
  }

  static void play(PrintStream out) throws IOException {
    var rehearsal = new Rehearsal(JsonMapper.builder().build().readTree(resource("answers.json")));
    var directory = Files.createTempDirectory("kubectl-lb");
    var manifest = Files.writeString(directory.resolve("new.yaml"), resource("new.yaml"));
    try (var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> rehearsal.serve(server));
      var kubeconfig = kubeconfig(directory, server.getLocalPort());
      for (var command : COMMANDS) {
        var words = new ArrayList<>(List.of(command));
        words.replaceAll(word -> word.equals("FILE") ? manifest.toString() : word);
        words.addAll(
            words.indexOf("get") == 1 ? 2 : 1, List.of("--kubeconfig", kubeconfig.toString()));
        Main.run(out, out, words.toArray(String[]::new));
      }
      Files.delete(kubeconfig);
    }
    Files.delete(manifest);
    Files.delete(directory);
  }

  private static Path kubeconfig(Path directory, int port) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        resource("kubeconfig.yaml").replace("PORT", String.valueOf(port)));
  }

  private static String resource(String name) throws IOException {
    try (var stream = Rehearsal.class.getResourceAsStream("/rehearsal/" + name)) {
      return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
    }
  }

  private void serve(ServerSocket server) {
    try {
      while (true) {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException closed) {
      // the last command is over
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      var request = String.valueOf(in.readLine()).split(" ", 3);
      while (!String.valueOf(in.readLine()).isEmpty()) {
        // no header matters here
      }
      write(socket.getOutputStream(), found(request.length < 2 ? "" : request[1]));
    } catch (IOException gone) {
      // so is what it wanted
    }
  }

  private JsonNode found(String target) {
    var path = target.split("\\?", 2)[0];
    for (var answer : answers.properties()) {
      if (path.endsWith(answer.getKey())) {
        return answer.getValue();
      }
    }
    return answers.path("");
  }

  private static void write(OutputStream out, JsonNode body) throws IOException {
    var bytes =
        body.isTextual() ? body.textValue().getBytes(UTF_8) : body.toString().getBytes(UTF_8);
    var head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(bytes.length);
    out.write(head.getBytes(UTF_8));
    out.write(bytes);
    out.flush();
  }
}
