package cloud.thalassa.lb.api.rest;

import cloud.thalassa.lb.api.translate.SecurityGroups;
import cloud.thalassa.lb.api.wire.RuleBody;
import cloud.thalassa.lb.api.wire.RulesRequest;
import cloud.thalassa.lb.api.wire.SecurityGroupRequest;
import cloud.thalassa.lb.api.wire.SecurityGroupView;
import cloud.thalassa.lb.crds.SecurityGroup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

@Path("/v1/security-groups")
@RunOnVirtualThread
class SecurityGroupResource {
  private final Desk desk;

  SecurityGroupResource(Desk desk) {
    this.desk = desk;
  }

  @GET
  public List<SecurityGroupView> list(@Context UriInfo uri) {
    var wanted = Wanted.by(uri);
    var world = desk.world();
    return world.securityGroups().stream()
        .filter(wanted::mayBe)
        .map(it -> SecurityGroups.view(world, it))
        .filter(it -> wanted.matches(it.head()))
        .filter(it -> wanted.is("vpc", it.vpc().identity(), it.vpc().slug()))
        .toList();
  }

  @POST
  @ResponseStatus(201)
  public SecurityGroupView create(@Nullable SecurityGroupRequest body) {
    var created = desk.create(SecurityGroups.create(desk.world(), Body.required(body)));
    return SecurityGroups.view(desk.world(), created);
  }

  @GET
  @Path("{id}")
  public SecurityGroupView get(String id) {
    var world = desk.world();
    return SecurityGroups.view(world, world.securityGroup(id));
  }

  @PUT
  @Path("{id}")
  public SecurityGroupView update(String id, @Nullable SecurityGroupRequest body) {
    var request = Body.required(body);
    return changed(id, group -> SecurityGroups.update(group, request));
  }

  @PUT
  @Path("{id}/ingress-rules/batch")
  public List<RuleBody> ingress(String id, @Nullable RulesRequest body) {
    var rules = Body.required(body).rules();
    return changed(id, group -> SecurityGroups.ingress(group, rules)).ingressRules();
  }

  @PUT
  @Path("{id}/egress-rules/batch")
  public List<RuleBody> egress(String id, @Nullable RulesRequest body) {
    var rules = Body.required(body).rules();
    return changed(id, group -> SecurityGroups.egress(group, rules)).egressRules();
  }

  @DELETE
  @Path("{id}")
  public void delete(String id) {
    var world = desk.world();
    var group = world.securityGroup(id);
    SecurityGroups.checkDeletion(world, group);
    desk.delete(group);
  }

  private SecurityGroupView changed(String id, UnaryOperator<SecurityGroup> decision) {
    var changed =
        desk.change(world -> world.securityGroup(id), (world, group) -> decision.apply(group));
    return SecurityGroups.view(desk.world(), changed);
  }
}
