package cloud.thalassa.lb.dataplane.relay.port;

import cloud.thalassa.lb.dataplane.meter.ListenerMeters;
import cloud.thalassa.lb.dataplane.meter.PoolMeters;
import cloud.thalassa.lb.dataplane.meter.RelayMeters;
import cloud.thalassa.lb.dataplane.relay.Binding;
import cloud.thalassa.lb.dataplane.relay.Gate;
import cloud.thalassa.lb.dataplane.select.Target;
import java.util.concurrent.CompletableFuture;

/** A binding in service, as every engine has it. */
public abstract class BoundPort {
  public final Binding binding;
  public final ListenerMeters meters;
  public final Gate gate;
  private final RelayMeters allMeters;

  protected BoundPort(Binding binding, RelayMeters allMeters) {
    this.binding = binding;
    this.meters = allMeters.listener(binding.listener());
    this.gate = meters.gate();
    this.allMeters = allMeters;
  }

  /** Of the pool that a target was chosen from. */
  public final PoolMeters poolMeters(Target target) {
    return allMeters.pool(binding.listener().loadBalancer(), target.pool());
  }

  /** Takes nothing new; completes when the address is free. */
  public abstract CompletableFuture<Void> unbind();

  /** As {@link #unbind}, and waits for nobody who needs the address. */
  public abstract CompletableFuture<Void> free();
}
