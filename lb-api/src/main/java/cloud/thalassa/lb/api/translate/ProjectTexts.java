package cloud.thalassa.lb.api.translate;

import cloud.thalassa.lb.api.wire.ProjectRequest;

/** What clients say of projects, which are no objects of the cluster. */
public final class ProjectTexts {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_SLUG = 46;
  private static final int LONGEST_DESCRIPTION = 4096;
  private static final int TAIL = 5;

  private ProjectTexts() {}

  /** The same request, whose texts are there and may be what they are. */
  public static ProjectRequest checked(ProjectRequest request) {
    return new ProjectRequest(
        Text.bounded("name", Text.required("name", request.name()), LONGEST_NAME),
        Text.bounded("description", request.description(), LONGEST_DESCRIPTION),
        Labels.labels("labels", request.labels()),
        Labels.annotations(request.annotations()),
        request.objectVersion(),
        request.parentProjectIdentity());
  }

  public static String slug(String name, String identity) {
    return Names.label(name, LONGEST_SLUG) + "-" + identity.substring(identity.length() - TAIL);
  }
}
