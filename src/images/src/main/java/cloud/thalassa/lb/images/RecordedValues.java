package cloud.thalassa.lb.images;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Quarkus numbers what its build steps record ({@code proxykey23}) in the order in which they
 * happen to end, so that no two builds give the same bytes. Here the numbers follow the order in
 * which the classes, by name, mention them: one name for another in the constant pools, and nothing
 * else. Quarkus mends it itself after 3.33 (its pull request 53025); then this can go.
 */
final class RecordedValues {
  /** Says how the operator's controllers are configured. */
  private static final String CONTROLLERS = "OperatorSDKProcessor$updateControllerConfigurations";

  private static final Pattern KEY = Pattern.compile("proxykey\\d+");
  private static final LocalDateTime BUILT = LocalDateTime.ofInstant(Built.TIME, ZoneOffset.UTC);
  private static final int HEADER = 8; // magic number, minor and major version

  private final Map<String, String> numbers = new HashMap<>();

  private RecordedValues() {}

  /** Writes a jar with the same classes, in the order of their names, and canonical numbers. */
  static void renumber(Path jar, Path to) throws IOException {
    var values = new RecordedValues();
    try (var from = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (var name : from.stream().map(ZipEntry::getName).sorted().toList()) {
        var bytes = from.getInputStream(from.getEntry(name)).readAllBytes();
        if (name.contains(CONTROLLERS)) {
          bytes = RecordedRetry.removed(bytes);
        }
        var entry = new ZipEntry(name);
        entry.setTimeLocal(BUILT);
        out.putNextEntry(entry);
        out.write(name.endsWith(".class") ? values.renumbered(bytes) : bytes);
      }
    }
  }

  /** By the layout of JVMS 4.4. */
  private byte[] renumbered(byte[] type) throws IOException {
    var bytes = new ByteArrayOutputStream(type.length);
    var in = new DataInputStream(new ByteArrayInputStream(type));
    var out = new DataOutputStream(bytes);
    out.write(in.readNBytes(HEADER));
    var count = in.readUnsignedShort();
    out.writeShort(count);
    for (var index = 1; index < count; index++) {
      var tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> out.writeUTF(canonical(in.readUTF()));
        case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
        case 15 -> out.write(in.readNBytes(3));
        case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
        case 5, 6 -> {
          out.write(in.readNBytes(8));
          index++; // a long or a double takes two places
        }
        default -> throw new IOException("no tag of a constant: " + tag);
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private String canonical(String text) {
    return KEY.matcher(text).matches()
        ? numbers.computeIfAbsent(text, _ -> "proxykey" + (numbers.size() + 1))
        : text;
  }
}
