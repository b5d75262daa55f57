package cloud.thalassa.lb.crds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CRDS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("cloud.thalassa.lb");

  @Test
  void kindsStandAlone() {
    noClasses()
        .that()
        .resideInAPackage("cloud.thalassa.lb.crds..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "io.vertx..", "cloud.thalassa.lb.operator..")
        .because("every module reads the kinds, so they must drag nothing along")
        .check(CRDS);
  }

  @Test
  void kindsDoNothing() {
    classes()
        .that()
        .resideInAPackage("cloud.thalassa.lb.crds")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "cloud.thalassa.lb.crds",
            "java.lang..",
            "java.util..",
            "com.fasterxml.jackson.annotation..",
            "io.fabric8..",
            "org.jspecify..")
        .because("a kind is data: files and clocks belong to crds.directory and to the modules")
        .check(CRDS);
  }
}
