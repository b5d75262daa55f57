package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.tenant.Organisation;
import cloud.thalassa.lb.api.wire.Head;
import cloud.thalassa.lb.api.wire.MembershipView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;

@Path("/v1/me")
class MeResource {
  private final Visitor visitor;

  MeResource(Visitor visitor) {
    this.visitor = visitor;
  }

  @GET
  @Path("organisation-memberships")
  public List<MembershipView> memberships() {
    var caller = visitor.caller();
    var user =
        new MembershipView.User(caller.subject(), caller.name(), caller.email(), caller.since());
    return caller.memberships().stream()
        .map(
            it ->
                new MembershipView(
                    it.identity(), it.since(), head(it.organisation()), user, it.role()))
        .toList();
  }

  private static Head head(Organisation organisation) {
    return new Head(
        organisation.identity(),
        organisation.name(),
        organisation.slug(),
        organisation.description(),
        organisation.createdAt(),
        organisation.updatedAt(),
        1L,
        Map.of(),
        Map.of());
  }
}
