package eddy.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class IndependenceTest {
  @Test
  void auditor_whatItJudges_isUnknown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "eddy.audit..",
            "java..",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "com.fasterxml.jackson..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("eddy.audit"));
  }
}
