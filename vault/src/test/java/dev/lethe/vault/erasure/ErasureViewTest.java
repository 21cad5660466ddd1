package dev.lethe.vault.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.ledger.ErasureRecord;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ErasureViewTest {
  private static final Instant ASKED = Instant.parse("2026-11-24T06:00:00Z");
  private static final Instant BY = Instant.parse("2026-11-25T06:00:00Z");

  private final ErasureView view =
      new ErasureView(
          new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of()));

  private static ErasureRecord record(
      Optional<ErasureRecord.Erased> erased, Optional<Instant> purged, Optional<Instant> gone) {
    return record(Optional.empty(), erased, purged, gone);
  }

  private static ErasureRecord record(
      Optional<Instant> withheld,
      Optional<ErasureRecord.Erased> erased,
      Optional<Instant> purged,
      Optional<Instant> gone) {
    return new ErasureRecord(
        "e",
        "p",
        1,
        7,
        "",
        OptionalLong.empty(),
        ASKED,
        withheld.map(at -> new ErasureRecord.Withheld(at, Optional.empty())),
        Optional.empty(),
        erased,
        purged,
        gone);
  }

  private static Optional<ErasureRecord.Erased> erased() {
    return Optional.of(new ErasureRecord.Erased(ASKED.plusSeconds(1), 4, BY));
  }

  private static Map<String, Object> claims(Erasure.Stage stage) throws Exception {
    return JWSObject.parse(stage.receipt()).getPayload().toJSONObject();
  }

  @Test
  void firstReceiptPromisesTheLast() throws Exception {
    var erasure = view.of(record(erased(), Optional.empty(), Optional.empty()));

    assertThat(erasure.inaccessible().at()).isEqualTo(ASKED.plusSeconds(1));
    assertThat(erasure.purged()).isEmpty();
    assertThat(erasure.unrecoverable())
        .isEqualTo(new Erasure.Unrecoverable(Optional.of(BY), Optional.empty()));
    assertThat(claims(erasure.inaccessible()))
        .containsEntry("stage", "inaccessible")
        .containsEntry("subject", "p")
        .containsEntry("by", "2026-11-25T06:00:00.000Z");
  }

  @Test
  void everyStageReachedHasItsReceipt() throws Exception {
    var purged = ASKED.plusSeconds(60);
    var gone = ASKED.plusSeconds(3600);
    var erasure = view.of(record(erased(), Optional.of(purged), Optional.of(gone)));

    assertThat(claims(erasure.purged().orElseThrow()))
        .containsEntry("stage", "purged")
        .containsEntry("at", "2026-11-24T06:01:00.000Z");
    var last = erasure.unrecoverable().reached().orElseThrow();
    assertThat(last.at()).isEqualTo(gone);
    assertThat(claims(last)).containsEntry("stage", "unrecoverable").doesNotContainKey("by");
  }

  @Test
  void whatIsHeldIsInaccessibleAndPromisesNothing() throws Exception {
    var held = ASKED.plusSeconds(1);
    var erasure =
        view.of(record(Optional.of(held), Optional.empty(), Optional.empty(), Optional.empty()));

    assertThat(erasure.held()).isTrue();
    assertThat(erasure.inaccessible().at()).isEqualTo(held);
    assertThat(claims(erasure.inaccessible()))
        .containsEntry("stage", "inaccessible")
        .containsEntry("held", true)
        .doesNotContainKey("by");
    assertThat(erasure.unrecoverable())
        .isEqualTo(new Erasure.Unrecoverable(Optional.empty(), Optional.empty()));
  }

  @Test
  void afterAHoldTheFirstReceiptIsWhatItWasAndTheSecondPromises() throws Exception {
    var held = ASKED.plusSeconds(1);
    var waiting = record(Optional.of(held), Optional.empty(), Optional.empty(), Optional.empty());
    var released =
        record(
            Optional.of(held),
            Optional.of(new ErasureRecord.Erased(ASKED.plusSeconds(600), 4, BY)),
            Optional.of(ASKED.plusSeconds(660)),
            Optional.empty());
    var erasure = view.of(released);

    assertThat(erasure.held()).isFalse();
    assertThat(erasure.inaccessible()).isEqualTo(view.of(waiting).inaccessible());
    assertThat(claims(erasure.purged().orElseThrow()))
        .containsEntry("by", "2026-11-25T06:00:00.000Z");
    assertThat(erasure.unrecoverable().by()).contains(BY);
  }

  @Test
  void sameRecordGivesTheSameBytes() {
    var record = record(erased(), Optional.of(BY), Optional.of(BY));

    assertThat(view.of(record)).isEqualTo(view.of(record));
  }

  @Test
  void nothingIsAttestedBeforeItIsDone() {
    var record = record(Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> view.of(record)).isInstanceOf(IllegalStateException.class);
  }
}
