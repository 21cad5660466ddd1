package dev.lethe.vault.erasure;

import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.ErasureStage;
import dev.lethe.vault.ledger.ErasureRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * By when an erasure should have reached each stage. For the last one that is what its first
 * receipt promises.
 *
 * @param inaccessible how long after it was asked for
 * @param purged how long after it was inaccessible, or after the end of a hold
 */
public record StageDeadlines(Duration inaccessible, Duration purged) {
  /** A caller waits for the first stage; files are rewritten every few seconds. */
  public static final StageDeadlines STANDARD =
      new StageDeadlines(Duration.ofSeconds(10), Duration.ofMinutes(15));

  ErasurePage.Step inaccessible(ErasureRecord record) {
    return new ErasurePage.Step(
        Optional.of(record.requestedAt().plus(inaccessible)), record.inaccessibleAt());
  }

  ErasurePage.Step purged(ErasureRecord record) {
    return new ErasurePage.Step(
        record
            .erased()
            .map(ErasureRecord.Erased::at)
            .or(record::releasedAt)
            .map(since -> since.plus(purged)),
        record.purgedAt());
  }

  ErasurePage.Step unrecoverable(ErasureRecord record) {
    return new ErasurePage.Step(
        record.erased().map(ErasureRecord.Erased::by), record.unrecoverableAt());
  }

  ErasurePage.Step step(ErasureRecord record, ErasureStage stage) {
    return switch (stage) {
      case INACCESSIBLE -> inaccessible(record);
      case PURGED -> purged(record);
      case UNRECOVERABLE -> unrecoverable(record);
    };
  }

  /** The stages that an erasure should have reached and has not. */
  Set<ErasureStage> late(ErasureRecord record, Instant now) {
    var late = EnumSet.noneOf(ErasureStage.class);
    for (var stage : ErasureStage.values()) {
      var step = step(record, stage);
      if (step.at().isEmpty() && step.by().filter(now::isAfter).isPresent()) {
        late.add(stage);
      }
    }
    return late;
  }
}
