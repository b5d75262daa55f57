package cloud.thalassa.lb.rest;

import static org.awaitility.Awaitility.await;

import cloud.thalassa.lb.e2e.kube.KubeTools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A real Chromium without a window, with one page. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HIGHEST = 1800;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;

  private Browser(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  static Browser start() throws IOException {
    var profile = Files.createTempDirectory(KubeTools.target(), "chromium");
    var process =
        new ProcessBuilder(
                KubeTools.REPOSITORY.resolve("bin/chromium").toString(),
                "--headless=new",
                "--no-sandbox", // the tests may be run by root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var tools = DevTools.connect(address(process));
    var browser = new Browser(process, tools);
    for (var domain : List.of("Page", "Runtime", "Log", "Security")) {
      browser.tools.call(domain + ".enable", Map.of());
    }
    browser.size(1280, 900, false);
    return browser;
  }

  private static String address(Process process) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(process.getErrorStream()));
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return line.substring(LISTENING.length());
      }
    }
    throw new IOException("Chromium ended before it could be talked to");
  }

  /** As a desktop or a phone has it. */
  void size(int width, int height, boolean phone) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** {@code light} or {@code dark}. */
  void prefer(String scheme) {
    tools.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void open(String url) {
    tools.call("Page.navigate", Map.of("url", url));
    awaitTrue(
        "the page is loaded",
        "document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** What the script gives. */
  JsonNode evaluate(String script) {
    var answer =
        tools.call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void awaitTrue(String what, String script) {
    await(what)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions() // a page that goes while it is asked
        .until(() -> evaluate("!!(" + script + ")").asBoolean());
  }

  /** Until the page shows it. */
  void awaitText(String text) {
    awaitTrue("the page says: " + text, "document.body.innerText.includes(" + quoted(text) + ")");
  }

  String text() {
    return evaluate("document.body.innerText").asText();
  }

  /** By the keyboard, as whoever uses no mouse does. */
  void type(String selector, String text) {
    evaluate(element(selector) + ".focus()");
    evaluate(element(selector) + ".value = ''");
    tools.call("Input.insertText", Map.of("text", text));
  }

  void press(String key) {
    for (var type : List.of("keyDown", "keyUp")) {
      tools.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code(key),
              "text",
              key.equals("Enter") ? "\r" : ""));
    }
  }

  private static int code(String key) {
    return switch (key) {
      case "Enter" -> 13;
      case "Tab" -> 9;
      default -> throw new IllegalArgumentException(key);
    };
  }

  /** By its value, or by how its label begins. */
  void choose(String selector, String choice) {
    evaluate(
        """
        (() => {
          const select = %1$s;
          select.value = [...select.options].find(it => it.value === %2$s || it.label.startsWith(%2$s)).value;
          select.dispatchEvent(new Event("change", {bubbles: true}));
        })()
        """
            .formatted(element(selector), quoted(choice)));
  }

  void click(String selector) {
    evaluate(element(selector) + ".click()");
  }

  /** What the page complained of: scripts that failed, and what its policy kept from running. */
  List<String> complaints() {
    return tools.complaints();
  }

  /** The page from its top, also what the window does not show. */
  void picture(Path file) {
    evaluate("window.scrollTo(0, 0)");
    var size = tools.call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    var clip =
        Map.of(
            "x",
            0,
            "y",
            0,
            "width",
            size.get("width").asInt(),
            "height",
            Math.min(HIGHEST, size.get("height").asInt()),
            "scale",
            1);
    var answer =
        tools.call(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String element(String selector) {
    return "document.querySelector(" + quoted(selector) + ")";
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tools.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
