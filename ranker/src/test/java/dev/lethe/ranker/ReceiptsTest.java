package dev.lethe.ranker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the ranker asks to be signed, and that nothing of a ranking hangs on it. */
class ReceiptsTest extends RankerOnTheBus {
  private final List<VaultRequest.SignRanking> signed =
      Collections.synchronizedList(new ArrayList<>());

  private void signer(Consumer<Message<VaultRequest.SignRanking>> behaviour) throws Exception {
    await(
        vertx
            .eventBus()
            .<VaultRequest.SignRanking>localConsumer(
                VaultRequest.addressOf(VaultRequest.SignRanking.class),
                message -> {
                  signed.add(message.body());
                  behaviour.accept(message);
                })
            .completion());
  }

  private void signerAnswers(Outcome<String> answer) throws Exception {
    signer(message -> message.reply(answer));
  }

  private Ranking receipted(boolean profiling) throws Exception {
    var plain = rankBy(soon(), profiling);
    return done(
        this.<Ranking>ask(
            new RankerRequest.Rank(
                plain.caller(), plain.candidates(), 20, Explain.NOTHING, profiling, true)));
  }

  private void horrorLover() throws Exception {
    vaultAnswers(disclosed());
    openings.add(
        new Opened.Fields(
            new Profile(
                List.of(
                    new Event.Watched(
                        "m-7", Instant.EPOCH, OptionalDouble.of(1), OptionalDouble.of(5))),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            Set.of()));
  }

  @Test
  void disclosureIsNamedInBothQuestionsAndTheListIsBound() throws Exception {
    horrorLover();
    signerAnswers(Outcome.done("a.b.c"));
    deploy();

    var ranking = receipted(true);

    assertThat(ranking.receipt()).contains("a.b.c");
    var question = signed.get(0);
    assertThat(question.disclosure()).isPresent().isEqualTo(asked.get(0).receipt());
    assertThat(question.stated().personalization()).isEqualTo("full");
    assertThat(question.stated().reason()).isEmpty();
    assertThat(question.stated().fieldsUsed()).containsExactly(Field.HISTORY);
    assertThat(question.stated().model()).isEqualTo(ranking.model());
    assertThat(question.stated().digest()).isEqualTo(RankingDigest.of(ranking.items()));
  }

  @Test
  void digestChangesWithOrderIdAndTheLastBitOfAScore() {
    var one = new Ranking.Item("m-1", "One", 0.1 + 0.2, List.of());
    var other = new Ranking.Item("m-2", "Two", 0.3, List.of());

    assertThat(RankingDigest.of(List.of(one, other)))
        .isEqualTo("RIhykLbu1ONxHkqlUXAJalba4_JwWh9UbIj6ZOmM7p4")
        .isNotEqualTo(RankingDigest.of(List.of(other, one)))
        .isNotEqualTo(
            RankingDigest.of(List.of(new Ranking.Item("m-1", "One", 0.3, List.of()), other)));
  }

  @Test
  void optingOutAsksForASignatureAboutNobody() throws Exception {
    horrorLover();
    signerAnswers(Outcome.done("a.b.c"));
    deploy();

    assertThat(receipted(false).receipt()).contains("a.b.c");

    assertThat(asked).isEmpty();
    assertThat(signed.get(0).disclosure()).isEmpty();
    assertThat(signed.get(0).stated().fieldsUsed()).isEmpty();
    assertThat(signed.get(0).stated().reason()).contains("opted-out");
  }

  @Test
  void nothingIsRememberedOrSignedUnasked() throws Exception {
    horrorLover();
    signerAnswers(Outcome.done("a.b.c"));
    deploy();

    assertThat(done(rank(true)).receipt()).isEmpty();

    assertThat(asked.get(0).receipt()).isEmpty();
    assertThat(signed).isEmpty();
  }

  @Test
  void rankingIsAsGoodWithoutASigner() throws Exception {
    horrorLover();
    deploy();

    var ranking = receipted(true);

    assertThat(ranking.personalization()).isEqualTo(Ranking.Personalization.FULL);
    assertThat(ranking.receipt()).isEmpty();
  }

  @Test
  void refusingAndBrokenSignersLeaveTheReceiptOut() throws Exception {
    vaultAnswers(Outcome.done(new DisclosureAnswer.NoConsent()));
    signer(
        message -> {
          if (signed.size() == 1) {
            message.reply(Outcome.refused(Refusal.NOT_FOUND));
          } else if (signed.size() == 2) {
            message.fail(500, "broken");
          } else {
            message.reply("not an outcome");
          }
        });
    deploy();

    for (int round = 0; round < 3; round++) {
      var ranking = receipted(true);
      assertThat(ranking.items()).hasSize(8);
      assertThat(ranking.receipt()).isEmpty();
    }
    assertThat(signed).hasSize(3);
  }

  @Test
  void vaultThatHangsIsNotAskedToSign() throws Exception {
    vault(message -> {});
    signerAnswers(Outcome.done("a.b.c"));
    deploy(Duration.ofMillis(60), 500);

    var ranking = receipted(true);

    assertThat(ranking.reason()).contains(Ranking.Reason.VAULT_UNAVAILABLE);
    assertThat(ranking.receipt()).isEmpty();
    assertThat(signed).isEmpty();
  }
}
