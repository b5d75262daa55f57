package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.crds.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Labels and annotations with which lb-api says about objects what their kinds have no field for.
 */
public final class Notes {
  /** Of everything with this prefix clients see nothing, and cannot write it. */
  static final String OURS = Api.GROUP + "/";

  /** Label of namespaces, and of Subnets that a tenant made: the organisation whose it is. */
  public static final String ORGANISATION = OURS + "organisation";

  /** The name that a client gave, where it differs from the object's. */
  static final String NAME = OURS + "name";

  static final String DESCRIPTION = OURS + "description";

  /** What a client wrote, word for word: see {@link Literal}. */
  static final String LITERAL = OURS + "literal";

  /** On a namespace: made through lb-api, which therefore may delete it. */
  static final String MADE_HERE = OURS + "made-by-api";

  private Notes() {}

  /** Whether a namespace or a Subnet is the organisation's. */
  public static boolean belongs(HasMetadata object, String organisation) {
    var labels = object.getMetadata().getLabels();
    return labels != null && organisation.equals(labels.get(ORGANISATION));
  }
}
