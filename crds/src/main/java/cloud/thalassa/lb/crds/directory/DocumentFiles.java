package cloud.thalassa.lb.crds.directory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents as files {@code <root>/<namespace>/<kind>/<name>.yaml}, or {@code
 * <root>/_cluster/<kind>/<name>.yaml} for a kind without namespaces. A reader sees a document whole
 * or not at all: files are replaced by renaming. Each file has one writer.
 */
public final class DocumentFiles {
  private static final String SUFFIX = ".yaml";

  /** No namespace has such a name. */
  private static final String WITHOUT_NAMESPACE = "_cluster";

  private final Path root;
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  public DocumentFiles(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /**
   * All documents of a kind, ordered by namespace and name. A file that cannot be read is passed to
   * {@code unreadable} with the reason and left out. Cost: every file of the kind is read.
   */
  public <T extends HasMetadata> List<T> list(
      Class<T> type, BiConsumer<Path, Exception> unreadable) {
    var documents = new ArrayList<T>();
    for (var namespace : children(root)) {
      for (var file : children(namespace.resolve(HasMetadata.getKind(type)))) {
        if (!file.toString().endsWith(SUFFIX)) {
          continue;
        }
        try {
          var document = serialization.unmarshal(Files.readString(file), type);
          if (document == null || document.getMetadata() == null) {
            throw new IOException("it holds no " + HasMetadata.getKind(type));
          }
          documents.add(document);
        } catch (NoSuchFileException goneMeanwhile) {
          // its writer deleted it between the listing and now
        } catch (IOException | RuntimeException e) {
          unreadable.accept(file, e);
        }
      }
    }
    return documents;
  }

  /** Writes a document unless the file already says the same; returns whether it wrote. */
  public boolean write(HasMetadata document) throws IOException {
    var file =
        file(
            document.getKind(),
            document.getMetadata().getNamespace(),
            document.getMetadata().getName());
    var content = serialization.asYaml(document).getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return false;
    }
    Files.createDirectories(file.getParent());
    var part = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  /** Deletes a document; returns whether it existed. */
  public boolean delete(String kind, @Nullable String namespace, String name) throws IOException {
    return Files.deleteIfExists(file(kind, namespace, name));
  }

  private Path file(String kind, @Nullable String namespace, String name) {
    var folder = namespace == null || namespace.isEmpty() ? WITHOUT_NAMESPACE : namespace;
    return root.resolve(folder).resolve(kind).resolve(name + SUFFIX);
  }

  private static List<Path> children(Path directory) {
    try (var paths = Files.list(directory)) {
      return paths.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
