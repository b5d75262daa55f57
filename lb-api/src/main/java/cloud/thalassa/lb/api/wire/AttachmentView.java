package cloud.thalassa.lb.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A member of a target group that was attached by name: a machine, or an address. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttachmentView(
    String identity,
    @Nullable String createdAt,
    @Nullable Ref virtualMachineInstance,
    @Nullable Endpoint endpoint) {

  /** An address that no machine of ours stands for. */
  public record Endpoint(
      String identity, String name, String endpointAddress, String endpointAddressType) {}
}
