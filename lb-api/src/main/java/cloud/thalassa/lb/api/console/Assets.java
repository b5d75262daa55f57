package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.translate.Refusal;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * Styles and scripts. Their addresses change with their content, so that browsers keep them; they
 * are served from memory, for Quarkus would copy them to the disk of a pod, which is read-only.
 */
@Path("/console/assets/{name}")
@Singleton
public class Assets {
  private static final String OURS = "META-INF/resources/console/";
  private static final String HTMX = "htmx.min.js";
  private static final int DIGITS = 12;

  private final Map<String, Asset> assets =
      Map.of(
          "console.css",
          read(OURS + "console.css", "text/css"),
          "console.js",
          read(OURS + "console.js", "text/javascript"),
          "icon.svg",
          read(OURS + "icon.svg", "image/svg+xml"),
          HTMX,
          read(webjar() + HTMX, "text/javascript"));

  private record Asset(Buffer bytes, String type, String digest) {}

  @GET
  public Response get(String name) {
    var asset = assets.get(name);
    if (asset == null) {
      throw Refusal.notFound("file", name);
    }
    return Response.ok(asset.bytes.getBytes(), asset.type + ";charset=UTF-8")
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .build();
  }

  /** Where it is, as it is now. */
  String address(String name) {
    var asset = assets.get(name);
    return Addresses.ASSETS + name + "?" + (asset == null ? "" : asset.digest);
  }

  private static String webjar() {
    var about = new Properties();
    try (var in = open("META-INF/maven/org.webjars.npm/htmx.org/pom.properties")) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "META-INF/resources/webjars/htmx.org/" + about.getProperty("version") + "/dist/";
  }

  private static Asset read(String path, String type) {
    try (var in = open(path)) {
      var bytes = in.readAllBytes();
      var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new Asset(Buffer.buffer(bytes), type, digest.substring(0, DIGITS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  private static InputStream open(String path) throws IOException {
    var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IOException(path + " is not in the program");
    }
    return in;
  }
}
