package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.crds.AddressClaim;
import cloud.thalassa.lb.crds.directory.DocumentFiles;
import cloud.thalassa.lb.operator.allocate.Settlement;
import cloud.thalassa.lb.operator.compile.Site;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.Collection;
import java.util.TreeMap;

/** The addresses of pools that were given away, recorded before anything is bound to them. */
final class AddressFiles {
  private final DocumentFiles files;
  private final TreeMap<String, AddressClaim> written = new TreeMap<>();

  /** Begins with what an earlier process gave away. */
  AddressFiles(DocumentFiles files) {
    this.files = files;
    for (var claim : files.list(AddressClaim.class, (file, e) -> {})) {
      if (claim.getSpec() != null) {
        written.put(claim.getMetadata().getName(), claim);
      }
    }
  }

  /** Decides anew; who has an address that it may have keeps it. */
  Settlement settle(Collection<? extends HasMetadata> objects) throws IOException {
    var settlement = Settlement.of(objects, written.values(), Site.DIRECTORY);
    var wanted = new TreeMap<String, AddressClaim>();
    for (var claim : settlement.claims()) {
      wanted.put(claim.getMetadata().getName(), claim);
      files.write(claim);
    }
    for (var name : written.keySet()) {
      if (!wanted.containsKey(name)) {
        files.delete("AddressClaim", null, name);
      }
    }
    written.clear();
    written.putAll(wanted);
    return settlement;
  }
}
