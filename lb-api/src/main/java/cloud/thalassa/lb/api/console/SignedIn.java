package cloud.thalassa.lb.api.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.RequestScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The session of the request that is being answered. */
@RequestScoped
class SignedIn {
  private @Nullable String secret;

  void with(String secret) {
    this.secret = secret;
  }

  boolean is() {
    return secret != null;
  }

  String secret() {
    return Objects.requireNonNull(secret, "the entrance comes first");
  }

  /** What every form of this session carries: other sites cannot know it. */
  String stamp() {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(("form:" + secret()).getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }

  boolean stamped(String stamp) {
    return MessageDigest.isEqual(stamp().getBytes(UTF_8), stamp.getBytes(UTF_8));
  }
}
