package cloud.thalassa.lb.dataplane.relay;

/** Why a datagram of a flow that lives was not passed on. The label of a metric. */
public enum DropReason {
  /** Longer than a datagram can be once the PROXY header is before it. */
  OVERSIZE("Oversize"),
  /** The socket of the receiving side takes no more for now. */
  CONGESTED("Congested"),
  /** The system refused to send it. */
  SEND_FAILED("SendFailed");

  private final String word;

  DropReason(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
