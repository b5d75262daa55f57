package cloud.thalassa.lb.crds.directory;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.thalassa.lb.crds.HealthReport;
import cloud.thalassa.lb.crds.HealthReportSpec;
import cloud.thalassa.lb.crds.HealthReportSpec.TargetHealth;
import cloud.thalassa.lb.crds.HealthState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFilesTest {
  @TempDir Path root;

  @Test
  void readsBackWhatItWrote() throws Exception {
    var files = new DocumentFiles(root);
    var report = report("web-1");

    assertThat(files.write(report)).isTrue();
    assertThat(files.write(report)).as("equal content is not written again").isFalse();

    assertThat(files.list(HealthReport.class, (file, e) -> {}))
        .singleElement()
        .extracting(HealthReport::getSpec)
        .isEqualTo(report.getSpec());
    assertThat(files.delete("HealthReport", "default", "web-1")).isTrue();
    assertThat(files.list(HealthReport.class, (file, e) -> {})).isEmpty();
  }

  @Test
  void namesTheFileThatItCannotRead() throws Exception {
    var files = new DocumentFiles(root);
    files.write(report("good"));
    Files.writeString(root.resolve("default/HealthReport/bad.yaml"), "spec: [");
    Files.writeString(root.resolve("default/HealthReport/empty.yaml"), "");
    var unreadable = new ArrayList<Path>();

    var read = files.list(HealthReport.class, (file, e) -> unreadable.add(file));

    assertThat(read).hasSize(1);
    assertThat(unreadable)
        .containsExactly(
            root.resolve("default/HealthReport/bad.yaml"),
            root.resolve("default/HealthReport/empty.yaml"));
  }

  private static HealthReport report(String name) {
    var report = new HealthReport();
    report.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName(name).build());
    report.setSpec(
        new HealthReportSpec(
            "checker-1",
            "1/1",
            List.of(
                new TargetHealth(
                    "10.0.0.5", 8080, HealthState.HEALTHY, "2026-01-01T00:00:00Z", "connected"))));
    return report;
  }
}
