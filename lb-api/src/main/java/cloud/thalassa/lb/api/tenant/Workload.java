package cloud.thalassa.lb.api.tenant;

import java.util.Objects;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Something that runs elsewhere, whose tokens are as good as a service account's own secret.
 *
 * @param keys a JSON Web Key Set (RFC 7517)
 */
record Workload(String organisation, String issuer, String subject, String audience, String keys) {
  private static final Logger log = Logger.getLogger(Workload.class);
  private static final int SKEW_SECONDS = 30;

  /** Signatures with keys of two halves: who can check one cannot make one. */
  private static final AlgorithmConstraints SIGNATURES =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.EDDSA);

  static Workload of(Object[] row) {
    return new Workload(text(row[0]), text(row[1]), text(row[2]), text(row[3]), text(row[4]));
  }

  private static String text(Object column) {
    return Objects.requireNonNull((String) column);
  }

  /** Whether the token is its own, for this service, and good now. */
  boolean has(String token) {
    try {
      new JwtConsumerBuilder()
          .setExpectedIssuer(issuer)
          .setExpectedSubject(subject)
          .setExpectedAudience(audience)
          .setRequireExpirationTime()
          .setAllowedClockSkewInSeconds(SKEW_SECONDS)
          .setJwsAlgorithmConstraints(SIGNATURES)
          .setVerificationKeyResolver(
              new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
          .build()
          .process(token);
      return true;
    } catch (InvalidJwtException notIts) {
      return false;
    } catch (JoseException unreadable) {
      log.errorf("The keys of issuer %s are no JSON Web Key Set", issuer);
      return false;
    }
  }
}
