package cloud.thalassa.lb.api.console;

import cloud.thalassa.lb.api.rest.Desk;
import cloud.thalassa.lb.api.rest.ListenerResource;
import cloud.thalassa.lb.api.rest.LoadBalancerResource;
import cloud.thalassa.lb.api.translate.Listeners;
import cloud.thalassa.lb.api.wire.ListenerRequest;
import cloud.thalassa.lb.api.wire.ListenerView;
import cloud.thalassa.lb.api.wire.LoadBalancerView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making, changing and deleting listeners of a load balancer. */
@Path("/console/loadbalancers/{balancer}/listeners")
@RunOnVirtualThread
class ListenerEdit {
  private static final String SECTION = "balancers";

  private final Desk desk;
  private final LoadBalancerResource balancers;
  private final ListenerResource listeners;
  private final Forms forms;

  ListenerEdit(Desk desk, LoadBalancerResource balancers, ListenerResource listeners, Forms forms) {
    this.desk = desk;
    this.balancers = balancers;
    this.listeners = listeners;
    this.forms = forms;
  }

  @GET
  @Path("new")
  public Response blank(String balancer) {
    var of = balancers.get(balancer);
    return forms.show(title(of), SECTION, blank(Form.empty(), of));
  }

  @POST
  @Path("new/check")
  public Response check(String balancer, Form form) {
    return forms.check(
        blank(form, balancers.get(balancer)),
        () -> {
          var world = desk.world();
          return List.of(
              Listeners.create(
                  world, world.loadBalancer(balancer), ListenerForm.request(form, Map.of())));
        });
  }

  @POST
  @Path("new")
  public Response create(String balancer, Form form) {
    var of = balancers.get(balancer);
    return forms.submit(
        title(of),
        SECTION,
        blank(form, of),
        () -> {
          listeners.create(balancer, ListenerForm.request(form, Map.of()));
          return there(of);
        });
  }

  @GET
  @Path("{id}")
  public Response edit(String balancer, String id) {
    var of = balancers.get(balancer);
    var view = listeners.get(balancer, id);
    return forms.show(title(view), SECTION, changing(ListenerForm.of(view), of, view));
  }

  @POST
  @Path("{id}/check")
  public Response check(String balancer, String id, Form form) {
    var view = listeners.get(balancer, id);
    return forms.check(
        changing(form, balancers.get(balancer), view),
        () -> {
          var world = desk.world();
          var of = world.loadBalancer(balancer);
          return List.of(Listeners.update(world, of, world.listener(of, id), request(form, view)));
        });
  }

  @POST
  @Path("{id}")
  public Response update(String balancer, String id, Form form) {
    var of = balancers.get(balancer);
    var view = listeners.get(balancer, id);
    return forms.submit(
        title(view),
        SECTION,
        changing(form, of, view),
        () -> {
          listeners.update(balancer, id, request(form, view));
          return there(of);
        });
  }

  @GET
  @Path("{id}/delete")
  public Response ask(String balancer, String id) {
    var of = balancers.get(balancer);
    var view = listeners.get(balancer, id);
    return forms.ask(
        "Delete listener",
        SECTION,
        new Confirmation(
            "Delete listener %s of load balancer %s?"
                .formatted(view.head().name(), of.head().name()),
            "Port %d takes no new connections, and those through it end. Its target group stays."
                .formatted(view.port()),
            there(of) + "/listeners/" + Addresses.encoded(id) + "/delete",
            there(of),
            "Delete listener",
            ""));
  }

  @POST
  @Path("{id}/delete")
  public Response delete(String balancer, String id, Form form) {
    var of = balancers.get(balancer);
    listeners.delete(balancer, id);
    return Addresses.seeOther(there(of));
  }

  /** A disabled field is not sent: what cannot change is said here. */
  private static ListenerRequest request(Form form, ListenerView view) {
    return ListenerForm.request(form.with("protocol", view.protocol()), view.head().annotations());
  }

  private FormView blank(Form form, LoadBalancerView of) {
    return view(there(of) + "/listeners/new", of, "Create listener", "", form, null);
  }

  private FormView changing(Form form, LoadBalancerView of, ListenerView view) {
    return view(
        there(of) + "/listeners/" + Addresses.encoded(view.head().identity()),
        of,
        "Save changes",
        form.version(view.head().objectVersion()),
        form.with("protocol", view.protocol()),
        view);
  }

  private FormView view(
      String action,
      LoadBalancerView of,
      String submit,
      String version,
      Form form,
      @Nullable ListenerView known) {
    var sections = ListenerForm.sections(desk.world(), of, form, known);
    return FormView.of(action, there(of), submit, version, sections);
  }

  private static String there(LoadBalancerView of) {
    return Addresses.balancer(of.head().identity());
  }

  private static String title(LoadBalancerView of) {
    return "New listener of " + of.head().name();
  }

  private static String title(ListenerView view) {
    return "Change listener " + view.head().name();
  }
}
