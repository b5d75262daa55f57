package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.Project;
import cloud.thalassa.lb.api.tenant.Projects;
import cloud.thalassa.lb.api.translate.Etags;
import cloud.thalassa.lb.api.translate.ProjectTexts;
import cloud.thalassa.lb.api.translate.Refusal;
import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.ProjectRequest;
import cloud.thalassa.lb.api.wire.ProjectView;
import cloud.thalassa.lb.api.wire.Ref;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Names for parts of an organisation's work. Nothing else of an organisation knows of them. */
@Path("/v1/projects")
class ProjectResource {
  private final Visitor visitor;
  private final Projects projects;

  ProjectResource(Visitor visitor, Projects projects) {
    this.visitor = visitor;
    this.projects = projects;
  }

  @GET
  public Uni<List<ProjectView>> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    return all()
        .map(
            all ->
                all.stream()
                    .map(it -> view(it, all))
                    .filter(it -> wanted.matches(it.head()))
                    .toList());
  }

  @POST
  @ResponseStatus(201)
  public Uni<ProjectView> create(@Nullable ProjectRequest body) {
    var request = ProjectTexts.checked(Body.required(body));
    return projects
        .create(
            organisation(),
            all -> {
              if (all.size() >= Projects.MOST) {
                throw Refusal.conflict(
                    "your organisation has %d projects, which is as many as it may have"
                        .formatted(Projects.MOST));
              }
              return change(request, all, null);
            })
        .chain(this::shown);
  }

  @GET
  @Path("{id}")
  public Uni<ProjectView> get(String id) {
    return all().map(all -> view(find(all, id), all));
  }

  @PUT
  @Path("{id}")
  public Uni<ProjectView> update(String id, @Nullable ProjectRequest body) {
    var request = ProjectTexts.checked(Body.required(body));
    return all()
        .map(all -> find(all, id).identity())
        .chain(
            identity ->
                projects.update(
                    organisation(),
                    identity,
                    all -> {
                      var project = find(all, identity);
                      checkVersion(project, request.objectVersion());
                      return change(request, all, project);
                    }))
        .chain(this::shown);
  }

  @DELETE
  @Path("{id}")
  public Uni<Void> delete(String id) {
    return all()
        .map(
            all -> {
              var project = find(all, id);
              checkVersion(project, null);
              checkLeaf(project, all);
              return project.identity();
            })
        .chain(identity -> projects.delete(organisation(), identity));
  }

  private String organisation() {
    return visitor.organisation().identity();
  }

  private Uni<List<Project>> all() {
    return projects.of(organisation());
  }

  private Uni<ProjectView> shown(Project project) {
    return all().map(all -> view(project, all));
  }

  private static Project find(List<Project> all, String id) {
    return all.stream()
        .filter(it -> it.is(id))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("project", id));
  }

  private void checkVersion(Project project, @Nullable Long expected) {
    Etags.check(project.identity(), project.version(), visitor.condition());
    if (expected != null && expected != 0 && expected != project.version()) {
      throw Refusal.conflict(
          "objectVersion: %s is now at version %d, not %d: read it again and repeat the change"
              .formatted(project.identity(), project.version(), expected));
    }
  }

  private static void checkLeaf(Project project, List<Project> all) {
    var child = all.stream().filter(it -> project.identity().equals(it.parent())).findFirst();
    if (child.isPresent()) {
      throw Refusal.conflict(
          "project %s is the parent of project %s: delete or move that first"
              .formatted(project.identity(), child.get().identity()));
    }
  }

  private static Projects.Change change(
      ProjectRequest request, List<Project> all, @Nullable Project project) {
    var name = Objects.requireNonNull(request.name());
    var content =
        new Project.Content(
            name,
            Objects.requireNonNullElse(request.description(), ""),
            Objects.requireNonNullElse(request.labels(), Map.of()),
            Objects.requireNonNullElse(request.annotations(), Map.of()));
    var parent = request.parentProjectIdentity();
    return new Projects.Change(
        content,
        parent == null || parent.isEmpty() ? null : parent(all, parent, project),
        identity -> ProjectTexts.slug(name, identity));
  }

  /** One that is not below the project itself. */
  private static String parent(List<Project> all, String id, @Nullable Project project) {
    var parent =
        all.stream()
            .filter(it -> it.is(id))
            .findFirst()
            .orElseThrow(() -> Refusal.unknown("parentProjectIdentity", "project", id));
    Optional<Project> above = Optional.of(parent);
    while (above.isPresent()) {
      if (project != null && above.get().identity().equals(project.identity())) {
        throw Refusal.invalid(
            "parentProjectIdentity", "%s is this project or below it".formatted(parent.identity()));
      }
      above = above.flatMap(Project::parentIdentity).map(it -> find(all, it));
    }
    return parent.identity();
  }

  private static ProjectView view(Project project, List<Project> all) {
    var content = project.content();
    return new ProjectView(
        new Head(
            project.identity(),
            content.name(),
            project.slug(),
            content.description(),
            project.createdAt(),
            project.updatedAt(),
            project.version(),
            content.labels(),
            content.annotations()),
        project
            .parentIdentity()
            .map(it -> find(all, it))
            .map(it -> new Ref(it.identity(), it.content().name(), it.slug()))
            .orElse(null));
  }
}
