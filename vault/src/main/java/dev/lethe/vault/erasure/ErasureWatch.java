package dev.lethe.vault.erasure;

import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.ErasureStage;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.ledger.LedgerIndex.NumberedErasure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that erasures reach their stages in time, and says once of each that did not. Looks at a
 * fixed pace, on a worker: there may be many. Whatever should be out of Redis by then is tried
 * again after each look: the end of a hold that failed half way, and what only a caller would
 * repeat.
 */
public final class ErasureWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureWatch.class);
  private static final Duration PACE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 1_000;

  /** A page looks at no more than so many, however few of them it wants. */
  private static final int MOST_LOOKED_AT = 10_000;

  /** So many are named when many become late together. */
  private static final int NAMED = 10;

  private final Vertx vertx;
  private final LedgerIndex index;
  private final Function<Instant, Future<Void>> finishing;
  private final StageDeadlines deadlines;
  private final Clock clock;
  private volatile boolean stopped;
  private volatile Tally tally = Tally.NOTHING;
  private Set<Late> known = Set.of();
  private volatile String said = "";

  private record Late(String erasureId, ErasureStage stage) {}

  /** What was seen at the last look. */
  record Tally(VaultFigures.Pending late, Duration oldest) {
    static final Tally NOTHING = new Tally(new VaultFigures.Pending(0, 0, 0), Duration.ZERO);
  }

  public ErasureWatch(
      Vertx vertx, LedgerIndex index, Erasures erasures, StageDeadlines deadlines, Clock clock) {
    this(vertx, index, erasures::finishDue, deadlines, clock);
  }

  /**
   * @param finishing finishes what has been due since a time or longer
   */
  ErasureWatch(
      Vertx vertx,
      LedgerIndex index,
      Function<Instant, Future<Void>> finishing,
      StageDeadlines deadlines,
      Clock clock) {
    this.vertx = vertx;
    this.index = index;
    this.finishing = finishing;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  public void start() {
    vertx.setTimer(
        PACE.toMillis(),
        due -> {
          if (!stopped) {
            round().onComplete(looked -> start());
          }
        });
  }

  /** Looks, then tries again what is overdue; never fails. */
  Future<Void> round() {
    return vertx
        .executeBlocking(this::look, false)
        .onFailure(failure -> LOG.error("the look at erasures failed", failure))
        .transform(looked -> finishing.apply(clock.instant().minus(deadlines.inaccessible())))
        .onSuccess(finished -> said = "")
        .onFailure(this::notFinished)
        .otherwiseEmpty();
  }

  /** The same reason is not said twice in a row. */
  private void notFinished(Throwable failure) {
    var why = String.valueOf(failure.getMessage());
    if (!stopped && !why.equals(said)) {
      LOG.warn("overdue erasures are tried again until they are finished: {}", why);
      said = why;
    }
  }

  public void stop() {
    stopped = true;
  }

  /** What an alarm is for, as last seen. */
  public VaultFigures.Overdue overdue(boolean purgeRefused) {
    var seen = tally;
    return new VaultFigures.Overdue(seen.late(), seen.oldest(), purgeRefused);
  }

  /** Looks at every erasure that a stage is ahead of; takes time in their number. */
  synchronized Tally look() {
    var now = clock.instant();
    var late = new HashSet<Late>();
    var counts = new EnumMap<ErasureStage, Long>(ErasureStage.class);
    var fresh = new ArrayList<Late>();
    var oldest = Duration.ZERO;
    var page = index.erasures(0, true, AT_ONCE);
    while (!page.isEmpty()) {
      for (var erasure : page) {
        // What waits for a legal hold may wait for years.
        if (oldest.isZero() && !index.isHeld(erasure.record())) {
          oldest = Duration.between(erasure.record().requestedAt(), now);
        }
        for (var stage : deadlines.late(erasure.record(), now)) {
          var one = new Late(erasure.record().erasureId(), stage);
          late.add(one);
          counts.merge(stage, 1L, Long::sum);
          if (!known.contains(one)) {
            fresh.add(one);
          }
        }
      }
      page = index.erasures(page.get(page.size() - 1).number(), true, AT_ONCE);
    }
    warn(fresh);
    known = late;
    tally = new Tally(pending(counts), oldest.isNegative() ? Duration.ZERO : oldest);
    return tally;
  }

  private static VaultFigures.Pending pending(Map<ErasureStage, Long> counts) {
    return new VaultFigures.Pending(
        counts.getOrDefault(ErasureStage.INACCESSIBLE, 0L),
        counts.getOrDefault(ErasureStage.PURGED, 0L),
        counts.getOrDefault(ErasureStage.UNRECOVERABLE, 0L));
  }

  private static void warn(List<Late> fresh) {
    fresh.stream()
        .limit(NAMED)
        .forEach(
            one ->
                LOG.warn(
                    "erasure {} is late: it is not {} yet",
                    one.erasureId(),
                    one.stage().wireName()));
    if (fresh.size() > NAMED) {
      LOG.warn(
          "{} more are late since the last look; GET /admin/v1/erasures?state=late lists them",
          fresh.size() - NAMED);
    }
  }

  /**
   * A part of the erasures, in the order in which they were asked for.
   *
   * @param after the end of the page before; 0 for the first
   */
  public ErasurePage page(ErasurePage.State state, long after, int limit) {
    var now = clock.instant();
    boolean open = state != ErasurePage.State.ALL;
    var entries = new ArrayList<ErasurePage.Entry>();
    long last = after;
    int looked = 0;
    while (true) {
      var found = index.erasures(last, open, Math.min(AT_ONCE, MOST_LOOKED_AT - looked));
      if (found.isEmpty()) {
        boolean more = looked == MOST_LOOKED_AT && !index.erasures(last, open, 1).isEmpty();
        return new ErasurePage(entries, more ? OptionalLong.of(last) : OptionalLong.empty());
      }
      for (NumberedErasure erasure : found) {
        if (entries.size() == limit) {
          return new ErasurePage(entries, OptionalLong.of(last));
        }
        var entry = entry(erasure.record(), deadlines.late(erasure.record(), now));
        if (state != ErasurePage.State.LATE || !entry.late().isEmpty()) {
          entries.add(entry);
        }
        last = erasure.number();
        looked++;
      }
    }
  }

  private ErasurePage.Entry entry(ErasureRecord record, Set<ErasureStage> late) {
    return new ErasurePage.Entry(
        record.erasureId(),
        record.pseudonym(),
        record.requestedAt(),
        index.waits(record),
        deadlines.inaccessible(record),
        deadlines.purged(record),
        deadlines.unrecoverable(record),
        late);
  }
}
