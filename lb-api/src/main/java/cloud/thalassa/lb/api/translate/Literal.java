package cloud.thalassa.lb.api.translate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/**
 * What a client wrote, word for word, as an annotation beside what it means: clients compare what
 * they read with what they wrote, and the kinds have no place for the difference between a default
 * and the same value given, for the order of rules or for host bits of a network. It is believed as
 * long as it still means what the object says; once somebody else has changed the object, the
 * object is right.
 *
 * @param <S> the spec of the kind
 */
interface Literal<S> {
  /** The spec that this is written over another one, whose other fields stay as they are. */
  S over(S spec);

  static <S, L extends Literal<S>> Optional<L> of(HasMetadata object, Class<L> type, S spec) {
    var annotations = object.getMetadata().getAnnotations();
    return Json.read(annotations == null ? null : annotations.get(Notes.LITERAL), type)
        .filter(literal -> holds(literal, spec));
  }

  default void note(ObjectMeta metadata) {
    metadata.getAnnotations().put(Notes.LITERAL, Json.text(this));
  }

  private static <S> boolean holds(Literal<S> literal, S spec) {
    try {
      return literal.over(spec).equals(spec);
    } catch (Refusal | NullPointerException broken) { // somebody else wrote it
      return false;
    }
  }
}
