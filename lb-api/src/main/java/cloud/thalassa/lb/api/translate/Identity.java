package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.TargetGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What clients call an object: a prefix for its kind and 20 characters out of {@code [0-9a-v]} that
 * are made from its uid. It is the same for the whole life of the object, whoever changes it and
 * however often it is applied, and of no other one ever (100 bits).
 */
public final class Identity {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
  private static final int LENGTH = 20;
  private static final int TAIL = 5;

  /** A digest costs more than all else of an object in a world: those of so many are kept. */
  private static final int MOST = 200_000;

  private static final Map<String, String> KNOWN = Collections.synchronizedMap(new HashMap<>());

  private Identity() {}

  public static String of(HasMetadata object) {
    return derived(prefix(object), seed(object));
  }

  /** What the identity is made from: the uid, or the name where there is none (in a directory). */
  static String seed(HasMetadata object) {
    var metadata = object.getMetadata();
    return metadata.getUid() != null
        ? metadata.getUid()
        : object.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName();
  }

  static String derived(String prefix, String seed) {
    if (KNOWN.size() >= MOST) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(prefix + '-' + seed, it -> digested(prefix, seed));
  }

  private static String digested(String prefix, String seed) {
    var digest = sha256().digest(seed.getBytes(StandardCharsets.UTF_8));
    var text = new StringBuilder(prefix).append('-');
    for (int i = 0; i < LENGTH; i++) {
      text.append(DIGITS.charAt(fiveBits(digest, 5 * i)));
    }
    return text.toString();
  }

  /** Unique in an organisation, whose namespaces may hold objects of one name. */
  static String slug(HasMetadata object) {
    var identity = of(object);
    return object.getMetadata().getName() + "-" + identity.substring(identity.length() - TAIL);
  }

  private static int fiveBits(byte[] bytes, int bit) {
    int pair = ((bytes[bit / 8] & 0xff) << 8) | (bytes[bit / 8 + 1] & 0xff);
    return (pair >> (11 - bit % 8)) & 31;
  }

  private static String prefix(HasMetadata object) {
    return switch (object) {
      case LoadBalancer it -> "lb";
      case Listener it -> "lbl";
      case TargetGroup it -> "tg";
      case SecurityGroup it -> "sg";
      case Namespace it -> "vpc";
      case Node it -> "vm";
      case AddressClaim it -> "rip";
      default -> throw new IllegalArgumentException("no identity for a " + object.getKind());
    };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
