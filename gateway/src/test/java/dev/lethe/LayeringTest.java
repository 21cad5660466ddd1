package dev.lethe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Arrows run one way: gateway to ranker.api to vault.api. Only {@code gateway.app}, which puts
 * everything together, sees more.
 */
@AnalyzeClasses(packages = "dev.lethe", importOptions = DoNotIncludeTests.class)
final class LayeringTest {
  @ArchTest
  static final ArchRule vaultKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.lethe.vault..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lethe.ranker..", "dev.lethe.gateway..");

  @ArchTest
  static final ArchRule rankerSeesOnlyTheContractOfTheVault =
      noClasses()
          .that()
          .resideInAPackage("dev.lethe.ranker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lethe.gateway..",
              "dev.lethe.vault",
              "dev.lethe.vault.crypto..",
              "dev.lethe.vault.keys..",
              "dev.lethe.vault.profile..",
              "dev.lethe.vault.consent..",
              "dev.lethe.vault.ledger..",
              "dev.lethe.vault.erasure..",
              "dev.lethe.vault.notice..",
              "dev.lethe.vault.rotation..",
              "dev.lethe.vault.audit..",
              "dev.lethe.vault.access..",
              "dev.lethe.vault.subject..",
              "dev.lethe.vault.redis..");

  @ArchTest
  static final ArchRule routesSeeOnlyContracts =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.lethe.gateway.http..",
              "dev.lethe.gateway.auth..",
              "dev.lethe.gateway.edge..",
              "dev.lethe.gateway.notice..",
              "dev.lethe.gateway.admin..",
              "dev.lethe.gateway.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lethe.gateway.app..",
              "dev.lethe.ranker",
              "dev.lethe.ranker.catalog..",
              "dev.lethe.ranker.model..",
              "dev.lethe.vault",
              "dev.lethe.vault.crypto..",
              "dev.lethe.vault.keys..",
              "dev.lethe.vault.profile..",
              "dev.lethe.vault.ledger..",
              "dev.lethe.vault.erasure..",
              "dev.lethe.vault.notice..",
              "dev.lethe.vault.rotation..",
              "dev.lethe.vault.audit..",
              "dev.lethe.vault.access..",
              "dev.lethe.vault.subject..",
              "dev.lethe.vault.redis..");

  @ArchTest
  static final ArchRule theCoreIsPure =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.lethe.vault.crypto..",
              "dev.lethe.vault.keys..",
              "dev.lethe.vault.profile..",
              "dev.lethe.vault.consent..",
              "dev.lethe.ranker.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "dev.lethe.vault.redis..");

  @ArchTest
  static final ArchRule onlyCryptoEncrypts =
      classes()
          .that()
          .resideOutsideOfPackages("dev.lethe.vault.crypto..", "dev.lethe.vault.keys..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("javax.crypto..");
}
