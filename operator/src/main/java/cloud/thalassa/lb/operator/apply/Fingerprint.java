package cloud.thalassa.lb.operator.apply;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A checksum of what an object says: the same in every process, whatever order maps iterate in.
 * Written while the object is read, so that it costs no copy.
 */
final class Fingerprint {
  private static final int BYTES = 8;

  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Fingerprint() {}

  static String of(HasMetadata object) {
    try {
      var checksum = MessageDigest.getInstance("SHA-256");
      CANONICAL.writeValue(
          new DigestOutputStream(OutputStream.nullOutputStream(), checksum), object);
      return HexFormat.of().formatHex(checksum.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("a " + object.getKind() + " is always JSON", e);
    }
  }
}
