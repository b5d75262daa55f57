package cloud.thalassa.lb.operator.compile;

import cloud.thalassa.lb.crds.IpFamilyPolicy;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.LoadBalancerSpec;
import cloud.thalassa.lb.crds.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a load balancer can show about itself, which the API server refuses before we see it, and
 * that it has an address.
 */
final class LoadBalancerRules {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?");

  private static final int MOST_GROUPS = 16;

  private LoadBalancerRules() {}

  static Verdict judge(LoadBalancer loadBalancer, Seat seat) {
    var problems = new ArrayList<String>();
    if (!DNS_LABEL.matcher(loadBalancer.getMetadata().getName()).matches()) {
      problems.add(
          "metadata.name must be a DNS label (lower case letters, digits and -) of at most 52"
              + " characters.");
    }
    var spec = loadBalancer.getSpec();
    if (spec != null) {
      addresses(spec, problems);
      if (spec.replicas() < 1 || spec.replicas() > 32) {
        problems.add("replicas: %d must be 1..32.".formatted(spec.replicas()));
      }
      int groups = spec.securityGroupRefs().size();
      if (groups > MOST_GROUPS) {
        problems.add(
            "securityGroupRefs: %d entries are more than %d.".formatted(groups, MOST_GROUPS));
      }
    }
    var invalid = Problems.invalid(problems);
    return Problems.verdict(invalid == null ? seat.refusal() : invalid);
  }

  private static void addresses(LoadBalancerSpec spec, List<String> problems) {
    var families = new ArrayList<Boolean>();
    for (int i = 0; i < spec.addresses().size(); i++) {
      var address = IpAddress.parse(spec.addresses().get(i));
      if (address == null) {
        problems.add(
            "addresses[%d]: %s is not an IPv4 or IPv6 address such as 203.0.113.10."
                .formatted(i, spec.addresses().get(i)));
      } else if (families.contains(address.v6())) {
        problems.add(
            "addresses[%d]: give at most one IPv4 and one IPv6 address; %s is the second %s one."
                .formatted(i, address.text(), address.v6() ? "IPv6" : "IPv4"));
      } else {
        families.add(address.v6());
      }
    }
    if (spec.addresses().size() > 1 && spec.ipFamilyPolicy() == IpFamilyPolicy.SINGLE_STACK) {
      problems.add(
          "addresses: two addresses need ipFamilyPolicy PreferDualStack or RequireDualStack.");
    }
  }
}
