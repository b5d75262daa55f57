package cloud.thalassa.lb.kubectl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import cloud.thalassa.lb.operator.observe.InventorySnapshot;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String HERE = "cloud.thalassa.lb.kubectl";
  private static final String OPERATOR = "cloud.thalassa.lb.operator";
  private static final String DATAPLANE = "cloud.thalassa.lb.dataplane";
  private static final String[] PURE = {
    HERE + ".view..",
    HERE + ".text..",
    HERE + ".events..",
    HERE + ".explain..",
    HERE + ".top..",
    HERE + ".diff.."
  };

  private static final JavaClasses PLUGIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  @Test
  void ofOursOnlyTheKindsAndPureRoomsAreImported() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("cloud.thalassa.lb..")
                .and(
                    not(
                        resideInAnyPackage(
                            HERE + "..",
                            "cloud.thalassa.lb.crds..",
                            OPERATOR + ".compile..",
                            OPERATOR + ".check..",
                            DATAPLANE + ".table..",
                            DATAPLANE + ".admit..",
                            DATAPLANE + ".select..")))
                .and(not(type(InventorySnapshot.class))))
        .because(
            "what the plugin foretells must be what the programs do, and these alone are values")
        .check(PLUGIN);
  }

  @Test
  void onlyDiffForetells() {
    noClasses()
        .that()
        .resideOutsideOfPackages(HERE + ".diff..", HERE + ".cluster..", HERE)
        .should()
        .dependOnClassesThat(resideInAnyPackage(OPERATOR + "..", DATAPLANE + ".."))
        .because("everything else says what is")
        .check(PLUGIN);
  }

  @Test
  void pureRoomsAskNobody() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.fabric8.kubernetes.client.dsl..",
                "java.io..",
                "java.nio.file..",
                "java.net.http..",
                "java.util.concurrent..",
                "picocli.."))
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("what is decided must be tried without a cluster")
        .check(PLUGIN);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Abstract\\w+)")
        .because("such a name stands where a concept should")
        .check(PLUGIN);
  }
}
