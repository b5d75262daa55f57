package cloud.thalassa.lb.dataplane;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "cloud.thalassa.lb.dataplane";
  private static final String[] PURE = {
    ROOT + ".table..",
    ROOT + ".admit..",
    ROOT + ".select..",
    ROOT + ".explain..",
    ROOT + ".proxyprotocol.."
  };

  private static final JavaClasses DATAPLANE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void pureRoomsSeeOnlyValues() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(PURE)
                .or(
                    resideInAnyPackage(
                        "cloud.thalassa.lb.crds",
                        "cloud.thalassa.lb.crds.replica",
                        "io.fabric8.kubernetes.api.model..",
                        "java.lang..",
                        "java.net",
                        "java.nio",
                        "java.nio.charset",
                        "java.time",
                        "java.util..",
                        "org.jspecify..")))
        .because(
            "what decides must be tried a thousand times in a millisecond: framework, client,"
                + " logger and I/O stay outside")
        .check(DATAPLANE);
  }

  @Test
  void pureRoomsAreGivenTimeAndRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Clock.class,
            InstantSource.class,
            Random.class,
            SplittableRandom.class,
            ThreadLocalRandom.class,
            Files.class,
            File.class,
            Thread.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("the same input must give the same answer")
        .check(DATAPLANE);
  }

  @Test
  void onlyTheKindsAreImported() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("cloud.thalassa.lb..")
                .and(not(resideInAnyPackage(ROOT + "..", "cloud.thalassa.lb.crds.."))))
        .because("programs meet in the API server and nowhere else")
        .check(DATAPLANE);
  }

  @Test
  void roomsHaveAnOrder() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("data passes through the rooms in one direction")
        .check(DATAPLANE);
  }

  @Test
  void theShellIsOutside() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT, "io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile..")
        .because("inner rooms are given what they need, so that tests can give it to them")
        .check(DATAPLANE);
  }

  @Test
  void onlyTheEnginesKnowTheirTransport() {
    var because = "two engines stand beside each other, behind the same small interface";
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".relay.vertx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .because(because)
        .check(DATAPLANE);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".relay.vertx..", ROOT + ".relay.epoll..", ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..")
        .because(because)
        .check(DATAPLANE);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".relay.epoll..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..")
        .because("native memory is not checked: who uses it is to be found in one place")
        .check(DATAPLANE);
  }

  @Test
  void onlyTheEdgesTalkToACluster() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".follow..", ROOT + ".report..", ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "io.fabric8.kubernetes.client")
        .because("traffic must not notice whether the API server lives")
        .check(DATAPLANE);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .orShould()
        .resideInAnyPackage("..util..", "..common..")
        .because("such a name says that nobody knew what it is for")
        .check(DATAPLANE);
  }
}
