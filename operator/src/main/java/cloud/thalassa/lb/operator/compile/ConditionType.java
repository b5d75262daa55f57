package cloud.thalassa.lb.operator.compile;

/** Conditions in the status of users' objects. */
public enum ConditionType {
  ACCEPTED("Accepted"),
  RESOLVED_REFS("ResolvedRefs"),
  PROGRAMMED("Programmed"),
  READY("Ready"),
  ADDRESSES_IN_POOLS("AddressesInPools"),
  ADDRESSES_AVAILABLE("AddressesAvailable"),
  TARGETS_HEALTHY("TargetsHealthy"),
  RULES_EFFECTIVE("RulesEffective"),
  SETTINGS_EFFECTIVE("SettingsEffective"),

  /**
   * For kstatus, which takes no other word for it that waiting is in vain; there only while True.
   */
  STALLED("Stalled"),

  /** Of a listener of a Gateway; its good state is False. */
  CONFLICTED("Conflicted");

  private final String wire;

  ConditionType(String wire) {
    this.wire = wire;
  }

  /** As Kubernetes spells it. */
  @Override
  public String toString() {
    return wire;
  }
}
