package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.redis.SubjectCopies;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is unlearned and promised under a legal hold, after a crash, and of a silent trainer. */
final class UnlearningTroubleTest extends VaultWithTrainer {
  @Test
  void holdKeepsNothingOfWhatWasCounted() throws Exception {
    count();
    trainer(asked -> Unlearn.Answer.GONE);
    people.change(ada, StateChange.HOLD);

    people.erase(ada);

    assertThat(unlearned).hasSize(1);
    var redis = new SubjectCopies(vault.vertx(), folder);
    var held = redis.keys().stream().filter(key -> key.contains(":held.")).findFirst();
    assertThat(redis.copy(held.orElseThrow()).stream().map(word -> new String(word, UTF_8)))
        .contains("g.self")
        .doesNotContain(Sealer.CONTRIBUTION);
  }

  @Test
  void erasureUnderAHoldPromisesTheSame() throws Exception {
    count();
    trainer(asked -> Unlearn.Answer.LEARNED_ANEW);
    people.change(ada, StateChange.HOLD);

    var erasure = people.erase(ada);

    assertThat(erasure.held()).isTrue();
    assertThat(erasure.modelBy()).isPresent();
    assertThat(JWSObject.parse(erasure.inaccessible().receipt()).getPayload().toJSONObject())
        .containsKey("modelBy");
  }

  @Test
  void erasureThatACrashCutOffPromisesWhatIsNotKnownAnyMore() {
    trainer(asked -> Unlearn.Answer.LEARNED_ANEW);
    vault.crash().set(ProtocolStep.SUBJECT_REMOVED);
    assertThatThrownBy(() -> people.erase(ada)).isInstanceOf(AssertionError.class);

    vault.restart();

    assertThat(people.erase(ada).modelBy()).isPresent();
  }

  @Test
  void silentTrainerKeepsNoErasureFromBeingDoneInTime() {
    RunningVault.await(
        vault.vertx().eventBus().<Unlearn>consumer(Unlearn.ADDRESS, message -> {}).completion());
    var hurried =
        new Caller(ada.subject(), ada.token(), Instant.now().plusSeconds(5), ada.traceId());

    assertThat(vault.<Erasure>done(new VaultRequest.Erase(hurried, "owner")).modelBy()).isPresent();
  }
}
