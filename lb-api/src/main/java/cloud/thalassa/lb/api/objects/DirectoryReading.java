package cloud.thalassa.lb.api.objects;

import cloud.thalassa.lb.api.objects.StoreException.Cause;
import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.Listener;
import cloud.thalassa.lb.crds.LoadBalancer;
import cloud.thalassa.lb.crds.SecurityGroup;
import cloud.thalassa.lb.crds.Subnet;
import cloud.thalassa.lb.crds.TargetGroup;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.ObjectFiles;
import cloud.thalassa.lb.crds.manifest.Reading;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** What the files of a directory say, read again after they changed. */
final class DirectoryReading {
  private static final Logger log = Logger.getLogger(DirectoryReading.class);

  private final Path root;
  private final ObjectFiles objects;
  private final DocumentFiles status;
  private final DocumentFiles compiled;
  private final Map<String, String> ownerLabels;
  private final Set<Identity> known = new HashSet<>();
  private volatile DirectoryView view = DirectoryView.NOTHING;
  private final AtomicLong changes = new AtomicLong();

  DirectoryReading(
      Path root, DocumentFiles status, DocumentFiles compiled, Map<String, String> ownerLabels) {
    this.root = root;
    this.objects = new ObjectFiles(root);
    this.status = status;
    this.compiled = compiled;
    this.ownerLabels = Map.copyOf(ownerLabels);
  }

  DirectoryView view() {
    return view;
  }

  /** Grows with every view. */
  long changes() {
    return changes.get();
  }

  /** After somebody else changed files: what cannot be read now stays as it was. */
  void follow() {
    try {
      again();
    } catch (StoreException e) {
      log.warnf("%s", e.getMessage());
    } catch (RuntimeException e) {
      log.error("A defect of this program: it goes on at the next change", e);
    }
  }

  /**
   * Reads what changed.
   *
   * @throws StoreException it cannot be read
   */
  synchronized DirectoryView again() {
    try {
      var readings = objects.read(view.manifests().manifests());
      var manifests = view.manifests().next(readings);
      known.addAll(manifests.manifests().keySet());
      view =
          DirectoryView.of(
              manifests,
              statuses(),
              compiled.list(AddressClaim.class, (file, e) -> {}),
              known,
              readings.values().stream().anyMatch(Reading::unreadable),
              ownerLabels);
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException(
          Cause.UNAVAILABLE, "%s cannot be read: %s".formatted(root, e.getMessage()), e);
    }
    changes.incrementAndGet();
    notifyAll();
    return view;
  }

  /** The first view for which it holds, or the last one when patience ends. */
  synchronized DirectoryView until(Duration patience, Predicate<DirectoryView> condition) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (!condition.test(view)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return view;
  }

  /** One that cannot be read counts as none: the operator replaces it whole. */
  private List<CustomResource<?, ?>> statuses() {
    var statuses = new ArrayList<CustomResource<?, ?>>();
    statuses.addAll(status.list(LoadBalancer.class, (file, e) -> {}));
    statuses.addAll(status.list(Listener.class, (file, e) -> {}));
    statuses.addAll(status.list(TargetGroup.class, (file, e) -> {}));
    statuses.addAll(status.list(SecurityGroup.class, (file, e) -> {}));
    statuses.addAll(status.list(Subnet.class, (file, e) -> {}));
    return statuses;
  }
}
