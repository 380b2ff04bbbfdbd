package eddy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The walls of the house, over the classes of both modules. */
class ArchitectureTest {
  /** From the ground up; a class may use its own floor and those below it. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("math", "feature", "metric", "baseline", "optim", "drift", "surprise"),
          Set.of("cell", "readout"),
          Set.of("gradient", "network", "window"),
          Set.of("learn"),
          Set.of("config", "event", "state", "ledger", "broker", "compare", "query"),
          Set.of("task"),
          Set.of("stream", "replay", "web", "report"),
          Set.of("demo"),
          Set.of("cli"));

  private static final String[] MODEL =
      FLOORS.subList(0, 4).stream()
          .flatMap(Set::stream)
          .map(name -> "eddy." + name + "..")
          .toArray(String[]::new);

  /** What the learner in a topology stands on; an embedding application has no more than this. */
  private static final String[] LEARNING_PATH = {
    "eddy.config..",
    "eddy.event..",
    "eddy.state..",
    "eddy.ledger..",
    "eddy.query..",
    "eddy.task..",
    "eddy.stream.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("eddy");

  @Test
  void classes_ofBothModules_areSeen() {
    assertThat(CLASSES.contain("eddy.cli.Eddy")).isTrue();
    assertThat(CLASSES.stream().anyMatch(type -> floor(type).equals(Optional.of(0)))).isTrue();
  }

  @Test
  void packages_allOfThem_standOnAFloorAndUseNoneAbove() {
    check(
        classes()
            .that()
            .resideOutsideOfPackage("eddy")
            .should(standOnAFloor())
            .andShould(useNoFloorAbove()));
  }

  @Test
  void packages_allOfThem_areFreeOfCycles() {
    slices().matching("eddy.(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void model_kafkaFilesLogsAndNetwork_areUnknown() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka..",
                "kafka..",
                "org.slf4j..",
                "org.apache.logging..",
                "java.util.logging..",
                "java.io..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.net..",
                "com.fasterxml.."));
  }

  @Test
  void classes_allOfThem_deserialiseNoJavaObjects() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.beans.XMLDecoder"));
  }

  @Test
  void model_clockAndChance_arePassedIn() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .accessTargetWhere(
                call("the clock or unseeded chance", "java.lang.System", "currentTimeMillis")
                    .or(call("", "java.lang.System", "nanoTime"))
                    .or(call("", "java.lang.Math", "random"))
                    .or(unseededRandom()))
            .orShould()
            .callMethodWhere(
                describe(
                    "now() of java.time",
                    access ->
                        access.getTarget().getName().equals("now")
                            && access.getTargetOwner().getPackageName().startsWith("java.time")))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom"));
  }

  /** java.lang.Math may round these differently from one JVM to the next; StrictMath may not. */
  @Test
  void model_inexactFunctions_areNotThoseOfMath() {
    Set<String> inexact =
        Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan",
            "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");
    check(
        noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .callMethodWhere(
                describe(
                    "inexact functions of java.lang.Math",
                    access ->
                        access.getTargetOwner().isEquivalentTo(Math.class)
                            && inexact.contains(access.getTarget().getName()))));
  }

  @Test
  void vectorKernels_theIncubatorModule_isGatedInOnePackage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("eddy.math.vector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jdk.incubator..", "eddy.math.vector.."));
  }

  @Test
  void streamAndReplay_eachOther_isUnknown() {
    check(
        noClasses()
            .that()
            .resideInAPackage("eddy.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("eddy.replay.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("eddy.replay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("eddy.stream.."));
  }

  @Test
  void learningPath_webReportAndCommands_areUnknown() {
    check(
        noClasses()
            .that(resideInAnyPackage(LEARNING_PATH).or(resideInAnyPackage(MODEL)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("eddy.web..", "eddy.report..", "eddy.cli..", "eddy.broker.."));
  }

  @Test
  void learningPath_optionalLibraries_areUnknown() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(LEARNING_PATH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "kafka..",
                "scala..",
                "picocli..",
                "me.tongfei..",
                "org.HdrHistogram..",
                "org.apache.datasketches..",
                "io.javalin..",
                "org.eclipse.jetty..",
                "jakarta..",
                "kotlin.."));
  }

  /** Loaded where a topic is of Avro only: see {@code eddy.event.Decoders}. */
  @Test
  void avro_allOfIt_isKnownToItsDecoderOnly() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("eddy\\.event\\.Avro.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", "io.apicurio.."));
  }

  @Test
  void csvFiles_theirReader_isKnownToTheirRowsOnly() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("eddy\\.event\\.CsvRows.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("de.siegmar.fastcsv.reader.."));
  }

  @Test
  void kafkaServer_allOfIt_isKnownToTheBrokerOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("eddy.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "scala.."));
  }

  @Test
  void kafkaStreamsInternals_allOfThem_areKnownToTheWriteBehindStoreOnly() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("eddy.state.WriteBehindStore")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams..internals..")));
  }

  private static void check(ArchRule rule) {
    // Several packages do not exist yet.
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static DescribedPredicate<JavaAccess<?>> call(
      String description, String owner, String name) {
    return describe(
        description,
        access ->
            access.getTargetOwner().getFullName().equals(owner)
                && access.getTarget().getName().equals(name));
  }

  private static DescribedPredicate<JavaAccess<?>> unseededRandom() {
    return describe(
        "new Random() without a seed",
        access ->
            access.getTarget().getFullName().equals("java.util.Random.<init>()")
                || access.getTarget().getFullName().equals("java.util.SplittableRandom.<init>()"));
  }

  private static ArchCondition<JavaClass> standOnAFloor() {
    return new ArchCondition<>("stand on a floor") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (floor(type).isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " is in a package that is on no floor; give it one here"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> useNoFloorAbove() {
    return new ArchCondition<>("use no floor above their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          Optional<Integer> own = floor(type);
          Optional<Integer> used = floor(dependency.getTargetClass());
          if (own.isPresent() && used.isPresent() && used.get() > own.get()) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static Optional<Integer> floor(JavaClass type) {
    String[] names = type.getPackageName().split("\\.");
    if (names.length < 2 || !names[0].equals("eddy")) {
      return Optional.empty();
    }
    return IntStream.range(0, FLOORS.size())
        .filter(floor -> FLOORS.get(floor).contains(names[1]))
        .boxed()
        .findFirst();
  }
}
