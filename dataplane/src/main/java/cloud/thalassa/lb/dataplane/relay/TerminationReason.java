package cloud.thalassa.lb.dataplane.relay;

/** Why a connection or flow ended, or was refused. The label of metrics, and a word of logs. */
public enum TerminationReason {
  /** Both sides finished, the client first. */
  CLIENT_CLOSED("ClientClosed"),
  /** Both sides finished, the target first. */
  TARGET_CLOSED("TargetClosed"),
  CLIENT_RESET("ClientReset"),
  TARGET_RESET("TargetReset"),
  /** No byte either way for the idle timeout. The normal end of a UDP flow. */
  IDLE_TIMEOUT("IdleTimeout"),
  /** The target left, and the connection outlived the drain timeout. */
  TARGET_DRAINED("TargetDrained"),
  /** The listener left its address, and the connection outlived the drain timeout. */
  LISTENER_REMOVED("ListenerRemoved"),
  /** This replica ended, and the connection outlived the drain deadline. */
  SHUTDOWN("Shutdown"),
  /** Refused: nobody serves. */
  NO_TARGET("NoTarget"),
  /** Refused: none of the targets that were tried could be connected. */
  CONNECT_FAILED("ConnectFailed"),
  /** Refused: not one of the allowed sources. */
  NOT_ALLOWED("NotAllowed"),
  /** Refused: no rule of the attached security groups allows it, or one that comes first denies. */
  NOT_ALLOWED_BY_SECURITY_GROUP("NotAllowedBySecurityGroup"),
  /** Refused: the listener has all the connections or flows that it may have. */
  MAX_CONNECTIONS("MaxConnections"),
  /** Refused: the client has all the connections or flows that one source may have. */
  MAX_CONNECTIONS_PER_SOURCE("MaxConnectionsPerSource"),
  /** Refused: the client opens connections or flows faster than one source may. */
  NEW_CONNECTIONS_PER_SOURCE_PER_SECOND("NewConnectionsPerSourcePerSecond"),
  /** Refused: a trusted upstream did not begin with a PROXY header, or not in time. */
  BAD_PROXY_HEADER("BadProxyHeader"),
  /** A defect of ours. */
  INTERNAL_ERROR("InternalError");

  private final String word;

  TerminationReason(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whether a change of the configuration or of the targets cut it. */
  public boolean ofAChange() {
    return this == TARGET_DRAINED || this == LISTENER_REMOVED;
  }

  /** Whether not one byte was relayed because of it. */
  public boolean refused() {
    return switch (this) {
      case NO_TARGET,
          CONNECT_FAILED,
          NOT_ALLOWED,
          NOT_ALLOWED_BY_SECURITY_GROUP,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_SOURCE,
          NEW_CONNECTIONS_PER_SOURCE_PER_SECOND,
          BAD_PROXY_HEADER ->
          true;
      default -> false;
    };
  }
}
