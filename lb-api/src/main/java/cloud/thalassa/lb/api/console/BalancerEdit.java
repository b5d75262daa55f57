package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.rest.LoadBalancerResource;
import cloud.thalassa.lb.api.translate.LoadBalancers;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import cloud.thalassa.lb.crds.Listener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Making, changing and deleting load balancers. */
@Path("/console/loadbalancers")
@RunOnVirtualThread
class BalancerEdit {
  private static final String SECTION = "balancers";
  private static final String NEW = "New load balancer";
  private static final String DELETE = "Delete load balancer";

  private final Desk desk;
  private final LoadBalancerResource balancers;
  private final Forms forms;

  BalancerEdit(Desk desk, LoadBalancerResource balancers, Forms forms) {
    this.desk = desk;
    this.balancers = balancers;
    this.forms = forms;
  }

  @GET
  @Path("new")
  public Response blank() {
    return forms.show(NEW, SECTION, blank(Form.empty()));
  }

  @POST
  @Path("new/check")
  public Response check(Form form) {
    return forms.check(blank(form), () -> planned(form));
  }

  @POST
  @Path("new")
  public Response create(Form form) {
    return forms.submit(
        NEW,
        SECTION,
        blank(form),
        () -> Addresses.balancer(balancers.create(BalancerForm.create(form)).head().identity()));
  }

  @GET
  @Path("{id}/edit")
  public Response edit(String id) {
    var view = balancers.get(id);
    return forms.show(title(view), SECTION, changing(BalancerForm.of(view), view));
  }

  @POST
  @Path("{id}/edit/check")
  public Response check(String id, Form form) {
    var view = balancers.get(id);
    return forms.check(
        changing(form, view),
        () -> {
          var world = desk.world();
          return List.of(
              LoadBalancers.update(world, world.loadBalancer(id), BalancerForm.update(form, view)));
        });
  }

  @POST
  @Path("{id}/edit")
  public Response update(String id, Form form) {
    var view = balancers.get(id);
    return forms.submit(
        title(view),
        SECTION,
        changing(form, view),
        () ->
            Addresses.balancer(
                balancers.update(id, BalancerForm.update(form, view)).head().identity()));
  }

  @GET
  @Path("{id}/delete")
  public Response ask(String id) {
    return forms.ask(DELETE, SECTION, question(id, ""));
  }

  @POST
  @Path("{id}/delete")
  public Response delete(String id, Form form) {
    return forms.delete(
        DELETE,
        SECTION,
        problem -> question(id, problem),
        () -> balancers.delete(id),
        Addresses.BALANCERS);
  }

  private Confirmation question(String id, String problem) {
    var view = balancers.get(id);
    var addresses =
        view.externalIpAddresses().isEmpty()
            ? ""
            : " It gives up "
                + view.externalIpAddresses().stream().collect(Collectors.joining(", "))
                + ".";
    return new Confirmation(
        "Delete load balancer %s?".formatted(view.head().name()),
        "Its %d listeners go with it, and connections through them end.%s Target groups stay."
            .formatted(view.loadbalancerListeners().size(), addresses),
        Addresses.balancer(id) + "/delete",
        Addresses.balancer(id),
        DELETE,
        problem);
  }

  private List<HasMetadata> planned(Form form) {
    var plan = balancers.plan(BalancerForm.create(form));
    var objects = new ArrayList<HasMetadata>();
    objects.add(plan.balancer());
    for (Listener it : plan.listeners()) {
      objects.add(it);
    }
    return objects;
  }

  private FormView blank(Form form) {
    return FormView.of(
        Addresses.BALANCERS + "/new",
        Addresses.BALANCERS,
        "Create load balancer",
        "",
        BalancerForm.blank(desk.world(), form));
  }

  private FormView changing(Form form, LoadBalancerView view) {
    var there = Addresses.balancer(view.head().identity());
    return FormView.of(
        there + "/edit",
        there,
        "Save changes",
        form.version(view.head().objectVersion()),
        BalancerForm.sections(desk.world(), form, view));
  }

  private static String title(LoadBalancerView view) {
    return "Change load balancer " + view.head().name();
  }
}
