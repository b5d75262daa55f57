package cloud.thalassa.lb.kubectl.cluster;

import cloud.thalassa.lb.crds.manifest.Document;
import cloud.thalassa.lb.crds.manifest.Finding;
import cloud.thalassa.lb.crds.manifest.Identity;
import cloud.thalassa.lb.crds.manifest.Manifest;
import cloud.thalassa.lb.crds.manifest.ManifestFiles;
import cloud.thalassa.lb.crds.manifest.ManifestReader;
import cloud.thalassa.lb.crds.manifest.Reading;
import cloud.thalassa.lb.kubectl.diff.Written;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stands in files.
 *
 * @param texts by the name of their file
 * @param home the namespace of objects that name none
 */
public record Manifests(Map<String, String> texts, String home) {
  private static final String STANDARD_INPUT = "-";

  /** As the operator's room {@code check} has them: all whole numbers are long. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  /**
   * Reads files.
   *
   * @param paths files, directories, or {@code -} for standard input
   * @throws Failure one of them cannot be read
   */
  public static Manifests read(List<String> paths, InputStream input, String home) {
    var texts = new LinkedHashMap<String, String>();
    for (var path : paths) {
      try {
        if (path.equals(STANDARD_INPUT)) {
          texts.put(path, new String(input.readAllBytes(), StandardCharsets.UTF_8));
          continue;
        }
        if (!Files.exists(Path.of(path))) {
          throw new Failure(path + " does not exist");
        }
        for (var file : ManifestFiles.below(Path.of(path))) {
          texts.put(file.toString(), Files.readString(file));
        }
      } catch (MalformedInputException e) {
        throw new Failure(path + " is not UTF-8 text");
      } catch (IOException e) {
        throw new Failure("cannot read " + e.getMessage());
      }
    }
    return new Manifests(texts, home);
  }

  /** Which namespaces they are about. */
  public Set<String> namespaces() {
    var namespaces = new TreeSet<String>();
    read(Map.of())
        .forEach(it -> it.order().stream().map(Identity::namespace).forEach(namespaces::add));
    namespaces.remove("");
    return namespaces;
  }

  /** Kinds that nobody judges here. */
  public Set<String> foreign() {
    var foreign = new TreeSet<String>();
    read(Map.of()).forEach(it -> foreign.addAll(it.foreign()));
    return foreign;
  }

  /**
   * The valid objects, and what is wrong with the others.
   *
   * @param present what is stored now
   */
  public Written written(List<HasMetadata> present, Instant now) {
    var stored = new HashMap<Identity, HasMetadata>();
    present.forEach(it -> stored.put(Written.identity(it), it));
    var manifests = new LinkedHashMap<Identity, Manifest>();
    var findings = new ArrayList<Finding>();
    for (var reading : read(stored)) {
      findings.addAll(reading.findings());
      for (var manifest : reading.manifests()) {
        if (manifests.putIfAbsent(manifest.identity(), manifest) != null) {
          findings.add(manifest.finding("metadata.name", "is defined twice"));
        }
      }
    }
    return new Written(manifests, findings, now);
  }

  private List<Reading> read(Map<Identity, HasMetadata> stored) {
    var reader = new ManifestReader(home);
    return texts.entrySet().stream()
        .map(it -> reader.read(it.getKey(), it.getValue(), identity -> manifest(identity, stored)))
        .toList();
  }

  private static @Nullable Manifest manifest(Identity identity, Map<Identity, HasMetadata> stored) {
    var object = stored.get(identity);
    if (object == null) {
      return null;
    }
    var value = JSON.convertValue(object, new TypeReference<Map<String, Object>>() {});
    return new Manifest(identity, new Document("the cluster", value, Map.of()), object);
  }
}
