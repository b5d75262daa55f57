package cloud.thalassa.lb.healthchecker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The module table and the rules of purity, as code that says no. */
class ModuleRulesTest {
  private static final String ROOT = "cloud.thalassa.lb.healthchecker";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @TestFactory
  List<DynamicTest> rules() {
    return List.of(
        rule(
            "pure packages",
            classes()
                .that()
                .resideInAnyPackage(ROOT + ".assign", ROOT + ".judge")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                    ROOT + ".assign",
                    ROOT + ".judge",
                    "cloud.thalassa.lb.crds",
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "org.jspecify.annotations")
                .because("decisions must be repeatable: no framework, client, logger or I/O")),
        rule(
            "no clock, randomness or threads in pure packages",
            noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".assign", ROOT + ".judge")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.util.random..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Random.class, Thread.class)
                .because("time and randomness are passed in")),
        rule(
            "only crds of ours",
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("cloud.thalassa.lb.operator..", "cloud.thalassa.lb.dataplane..")
                .because("what crosses a process is a kind in crds")),
        rule(
            "sockets only in probe",
            noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".probe", ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "java.net..")
                .because("probing is probe's")),
        rule(
            "names",
            noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
                .because("a class is named for its role")),
        rule(
            "no util",
            noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..")
                .because("packages are features")),
        rule("no cycles", slices().matching(ROOT + ".(*)..").should().beFreeOfCycles()));
  }

  private static DynamicTest rule(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.check(CLASSES));
  }
}
