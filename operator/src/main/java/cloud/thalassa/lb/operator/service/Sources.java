package cloud.thalassa.lb.operator.service;

import cloud.thalassa.lb.crds.manifest.Spelling;
import cloud.thalassa.lb.operator.front.Annotation;
import cloud.thalassa.lb.operator.front.Annotations;
import cloud.thalassa.lb.operator.front.PortKey;
import cloud.thalassa.lb.operator.front.Remarks;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may connect to which port. A list that cannot be read lets nobody in. */
final class Sources {
  /** As many as a Listener takes. */
  private static final int MOST = 256;

  /** Of before the field, and read by whoever reads that where it is empty. */
  private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

  private final Annotations annotations;
  private final Remarks remarks;
  private final Networks everyPort;
  private final Networks ranges;
  private final boolean narrows;

  Sources(Service service, Annotations annotations, Remarks remarks) {
    this.annotations = annotations;
    this.remarks = remarks;
    everyPort = ofAll(parse(Annotation.ACL_ALLOWED_SOURCES));
    ranges = ofAll(ranges(service));
    narrows = narrows();
    remarkPortsThatAreNone(service.getSpec().getPorts());
  }

  private Networks parse(Annotation annotation) {
    return Networks.parse(annotation.toString(), annotations.text(annotation));
  }

  private static Networks ranges(Service service) {
    var field = service.getSpec().getLoadBalancerSourceRanges();
    if (!field.isEmpty()) {
      return Networks.parse("spec.loadBalancerSourceRanges", field);
    }
    var legacy = service.getMetadata().getAnnotations();
    return Networks.parse(RANGES, legacy == null ? null : legacy.get(RANGES));
  }

  /** A list for all ports that cannot be read refuses the Service, once. */
  private Networks ofAll(Networks networks) {
    networks.problems().forEach(remarks::refuse);
    return networks.problems().isEmpty() ? networks : Networks.EVERYBODY;
  }

  private boolean narrows() {
    var mode = annotations.text(Annotation.ACL_MODE);
    return switch (mode == null ? "union" : mode.toLowerCase(Locale.ROOT)) {
      case "union" -> false;
      case "intersect" -> true;
      default -> {
        remarks.unclear(
            Annotation.ACL_MODE, "acl-mode: \"%s\" must be Union or Intersect".formatted(mode), "");
        yield false;
      }
    };
  }

  /** CIDRs; empty: everybody, or the port is refused. */
  List<String> of(ServicePort port) {
    var key = PortKey.of(port);
    var own = ofPort(port.getName()).or(ofPort(String.valueOf(port.getPort())));
    var listed = narrows ? everyPort.and(own) : everyPort.or(own);
    var allowed = listed.and(ranges);
    allowed.problems().forEach(problem -> remarks.refuse(key, problem));
    int count = allowed.texts().size();
    if (allowed.problems().isEmpty() && allowed.cidrs() != null && count == 0) {
      remarks.refuse(
          key,
          "No network is in all of the lists that a client of port %s must be in: nobody could connect"
              .formatted(key));
    }
    if (count > MOST) {
      remarks.refuse(
          key,
          "The sources of port %s are %d, more than %d: name wider networks"
              .formatted(key, count, MOST));
    }
    return allowed.texts();
  }

  private Networks ofPort(@Nullable String word) {
    return word == null
        ? Networks.EVERYBODY
        : Networks.parse(Annotation.ACL_PORT + word, annotations.sourcesOf(word));
  }

  /**
   * A misspelt port would be open to all whom its list should keep out, unless another list keeps
   * out who is in neither.
   */
  private void remarkPortsThatAreNone(List<ServicePort> ports) {
    var words = new TreeSet<String>();
    for (var port : ports) {
      words.addAll(words(port));
    }
    for (var word : annotations.portsWithSources()) {
      if (words.contains(word)) {
        continue;
      }
      var problem = "%s%s: the Service has no such port".formatted(Annotation.ACL_PORT, word);
      boolean opens = narrows || everyPort.cidrs() == null;
      var meant = ports.stream().filter(port -> opens && mayBeMeant(port, word)).toList();
      if (meant.isEmpty()) {
        remarks.setting(problem + ": remove it, it has no effect.");
      }
      for (var port : meant) {
        var key = PortKey.of(port);
        remarks.refuse(
            key, "%s, and %s has no list of its own: correct or remove it".formatted(problem, key));
      }
    }
  }

  private static Set<String> words(ServicePort port) {
    var words = new TreeSet<String>();
    words.add(String.valueOf(port.getPort()));
    if (port.getName() != null) {
      words.add(port.getName());
    }
    return words;
  }

  private boolean mayBeMeant(ServicePort port, String word) {
    return words(port).stream().noneMatch(known -> annotations.sourcesOf(known) != null)
        && words(port).stream().anyMatch(known -> near(known, word));
  }

  private static boolean near(String known, String word) {
    boolean numbers = Character.isDigit(known.charAt(0));
    return Spelling.near(known, word) && (!numbers || known.length() == word.length());
  }
}
