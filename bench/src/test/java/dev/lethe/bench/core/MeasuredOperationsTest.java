package dev.lethe.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.auth.Verdict;
import dev.lethe.ranker.model.Ranked;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void aHundredThousandTitlesAreLoadedAndRanked() {
    var whole = new WholeCatalog();
    var stranger = whole.best(Profile.EMPTY);
    var viewer = whole.rankByHistory();

    assertThat(whole.catalog.size()).isEqualTo(100_000);
    assertThat(stranger.items()).hasSize(20);
    assertThat(viewer.items()).hasSize(20).isNotEqualTo(stranger.items());
    assertThat(whole.rankByEveryField().items()).isEqualTo(titleByTitle(whole).items());
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

  /** The same by scoring each title that was not seen by itself. */
  private static Ranked titleByTitle(WholeCatalog whole) {
    var seen =
        whole.shared.history().stream()
            .filter(event -> event.rating().isPresent() || event.progress().orElse(1) > 0)
            .map(Event.Watched::item)
            .collect(Collectors.toSet());
    var offered =
        IntStream.range(0, whole.catalog.size())
            .mapToObj(title -> whole.catalog.title(title).id())
            .filter(id -> !seen.contains(id))
            .toList();
    return whole.model.rank(whole.shared, Optional.of(offered), WholeCatalog.BEST, false);
  }

  private static Profile profile(Opened opened) {
    return assertThat(opened)
        .asInstanceOf(InstanceOfAssertFactories.type(Opened.Fields.class))
        .satisfies(fields -> assertThat(fields.unreadable()).isEmpty())
        .actual()
        .profile();
  }
}
