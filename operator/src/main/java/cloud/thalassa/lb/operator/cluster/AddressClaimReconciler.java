package cloud.thalassa.lb.operator.cluster;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.operator.allocate.Claims;
import cloud.thalassa.lb.operator.apply.ClaimWriter;
import cloud.thalassa.lb.operator.compile.Ref;
import cloud.thalassa.lb.operator.observe.Cluster;
import cloud.thalassa.lb.operator.observe.SlimObjects;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;

/**
 * Gives an address back whose load balancer is gone, once nothing serves it any more. That its
 * Service goes too is up to its tenant, who may let go of it: so it loses the address first. What a
 * load balancer that exists no longer needs is given back when that is reconciled.
 */
@ControllerConfiguration(
    name = "addressclaim",
    informer = @Informer(itemStore = SlimObjects.class),
    rateLimiter = Pace.class)
class AddressClaimReconciler implements Reconciler<AddressClaim> {
  private static final Duration SOON = Duration.ofMillis(100);

  /** Labels may hide from us that the Service has changed. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final ClaimWriter writer;
  private final Addresses addresses;
  private final InHand inHand;

  AddressClaimReconciler(Cluster cluster, ClaimWriter writer, Addresses addresses, InHand inHand) {
    this.cluster = cluster;
    this.writer = writer;
    this.addresses = addresses;
    this.inHand = inHand;
  }

  @Override
  public List<EventSource<?, AddressClaim>> prepareEventSources(
      EventSourceContext<AddressClaim> context) {
    return List.of(new DueSource<>(cluster.due().addressClaims()));
  }

  @Override
  public UpdateControl<AddressClaim> reconcile(AddressClaim claim, Context<AddressClaim> context) {
    var done = UpdateControl.<AddressClaim>noUpdate();
    var holder = Claims.holder(claim).orElse(null);
    if (holder == null || wanted(holder, claim)) {
      return done;
    }
    if (inHand.holds(holder)) {
      return done.rescheduleAfter(SOON);
    }
    var service = addresses.serving(holder, claim.getSpec().address());
    if (service != null) {
      var gone = cluster.inventory().loadBalancer(holder) == null;
      return done.rescheduleAfter(gone && addresses.takeBack(service) ? SOON : LATER);
    }
    writer.release(claim);
    return done;
  }

  @Override
  public ErrorStatusUpdateControl<AddressClaim> updateErrorStatus(
      AddressClaim claim, Context<AddressClaim> context, Exception failure) {
    return Failure.say(claim, failure);
  }

  /** One that came back under its name has the claim written to its own, if it still needs it. */
  private boolean wanted(Ref holder, AddressClaim claim) {
    var lb = cluster.inventory().loadBalancer(holder);
    return lb != null && (Claims.isOf(claim, lb) || cluster.addresses().place(lb).inherits(claim));
  }
}
