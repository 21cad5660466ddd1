package dev.lethe.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.auth.Verdict;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Profile;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class MeasuredOperationsTest {
  @Test
  void whatIsOpenedIsTheWholeHistory() {
    assertThat(profile(new Sealing().openDisclosureOf200Events()).history()).hasSize(200);
  }

  @Test
  void theGrantAloneOpensAndShowsNothing() {
    assertThat(profile(new Sealing().openGrant())).isEqualTo(Profile.EMPTY);
  }

  @Test
  void titlesAreScoredForTheViewer() {
    var scoring = new Scoring();

    assertThat(scoring.score100Titles().items()).hasSize(20);
    assertThat(scoring.score100Titles().unknown()).isEmpty();
    assertThat(scoring.score5000Titles().items()).hasSize(20);
    assertThat(Titles.catalog().size() - Viewer.EVENTS).isEqualTo(Titles.UNSEEN);
  }

  @Test
  void tokensAreAcceptedEachTime() {
    var check = new TokenCheck();

    for (int time = 0; time < 2; time++) {
      assertThat(check.firstSeenRs256()).isInstanceOf(Verdict.Accepted.class);
      assertThat(check.firstSeenPs256()).isInstanceOf(Verdict.Accepted.class);
      assertThat(check.firstSeenEs256()).isInstanceOf(Verdict.Accepted.class);
      assertThat(check.seenBefore()).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void bodiesAreReadAndWrittenWhole() {
    var json = new Json();

    assertThat(json.readRankOf100Candidates().candidates().orElseThrow()).hasSize(100);
    assertThat(json.read200Events()).hasSize(200);
    assertThat(json.write100ExplainedItems().toJsonObject().getJsonArray("items"))
        .hasSize(100)
        .allSatisfy(item -> assertThat(item.toString()).contains("\"share\""));
  }

  private static Profile profile(Opened opened) {
    return assertThat(opened)
        .asInstanceOf(InstanceOfAssertFactories.type(Opened.Fields.class))
        .satisfies(fields -> assertThat(fields.unreadable()).isEmpty())
        .actual()
        .profile();
  }
}
