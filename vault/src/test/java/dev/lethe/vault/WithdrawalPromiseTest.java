package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.SubjectCopies;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the receipt of a withdrawal from training says of the model, whenever it is made. */
final class WithdrawalPromiseTest extends VaultWithTrainer {
  private void whenAsked(Consumer<Message<Unlearn>> trainer) {
    RunningVault.await(
        vault.vertx().eventBus().<Unlearn>consumer(Unlearn.ADDRESS, trainer::accept).completion());
  }

  private ConsentGiven withdraw() {
    return vault.done(people.deciding(ada, Purpose.TRAINING));
  }

  private static Optional<Instant> promised(String receipt) throws ParseException {
    var claim = JWSObject.parse(receipt).getPayload().toJSONObject().get("modelBy");
    return Optional.ofNullable((String) claim).map(Instant::parse);
  }

  /** The receipt of the decision about training that is in force, made again. */
  private String madeAgain() throws ParseException {
    for (var receipt : vault.<Export>done(new VaultRequest.ReadExport(ada)).receipts()) {
      if ("training".equals(JWSObject.parse(receipt).getPayload().toJSONObject().get("purpose"))) {
        return receipt;
      }
    }
    throw new AssertionError("no decision about training");
  }

  @Test
  void receiptOfALateOneSaysWhatTheAnswerSaysAndStaysTheSame() throws Exception {
    whenAsked(silent -> {});

    var withdrawn = withdraw();

    assertThat(withdrawn.modelBy()).isPresent();
    assertThat(promised(withdrawn.receipt())).isEqualTo(withdrawn.modelBy());
    people.consent(ada, Purpose.PERSONALIZATION);
    people.watch(ada, "another");
    vault.rotate();
    vault.<Long>done(new VaultRequest.Rekey(ada, "owner"));
    vault.restart();
    assertThat(madeAgain()).isEqualTo(withdrawn.receipt());
  }

  @Test
  void receiptOfOneThatWasDoneAtOnceSaysNothing() throws Exception {
    whenAsked(message -> message.reply(Unlearn.Answer.GONE));

    var withdrawn = withdraw();

    assertThat(promised(withdrawn.receipt())).isEmpty();
    assertThat(madeAgain()).isEqualTo(withdrawn.receipt());
  }

  @Test
  void laterDecisionReplacesIt() throws Exception {
    withdraw();
    assertThat(promised(madeAgain())).isPresent();

    people.consent(ada, Purpose.TRAINING, Field.HISTORY);

    assertThat(promised(madeAgain())).isEmpty();
  }

  /** The first try loses to a write and was late, the second is not. */
  @Test
  void lostRacePromisesNothing() throws Exception {
    var client = new VaultClient(vault.vertx(), Clock.systemUTC());
    var asked = new ArrayList<Unlearn>();
    whenAsked(
        message -> {
          asked.add(message.body());
          var first = asked.size() == 1;
          (first ? client.<Integer>ask(people.watching(ada, "b")) : Future.succeededFuture())
              .onSuccess(
                  done -> message.reply(first ? Unlearn.Answer.LEARNED_ANEW : Unlearn.Answer.GONE));
        });

    var withdrawn = withdraw();

    assertThat(asked).hasSize(2);
    assertThat(withdrawn.modelBy()).isEmpty();
    assertThat(promised(withdrawn.receipt())).isEmpty();
    assertThat(madeAgain()).isEqualTo(withdrawn.receipt());
  }

  /** The ledger takes the consent away again, and asks no trainer. */
  @Test
  void oneThatARestoredCopyHadNotSeenPromisesWhatIsNotKnown() throws Exception {
    whenAsked(message -> message.reply(Unlearn.Answer.GONE));
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      var key = redis.keys().iterator().next();
      var before = redis.copy(key);
      withdraw();
      redis.putBack(key, before);
    }
    var now = Instant.now();

    assertThat(promised(madeAgain()).orElseThrow())
        .isBetween(
            now.plus(Unlearning.PROMISE).minusMillis(1), Instant.now().plus(Unlearning.PROMISE));
  }
}
