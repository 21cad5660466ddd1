package dev.lethe.vault.access;

import dev.lethe.vault.access.AccessWindows.Window;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.AccessLogStore;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.Repetition;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sealed access log. Accesses of one person are counted for about a second and then appended,
 * sealed with that person's key; the script refuses them when the life has ended meanwhile. A crash
 * loses what was counted in that second at most; a clean stop loses nothing.
 */
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /**
   * What is due is stored at these moments and not one by one: Redis syncs its file for each turn
   * in which it wrote, and whoever reads waits for that.
   */
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** How long entries are kept, at least; older ones go when the list is merged. */
  public static final Duration KEPT = Duration.ofDays(400);

  private static final int TOGETHER = 256;

  /**
   * Longer lists are merged into one entry. The length differs from person to person: those who
   * come together, such as at the beginning of a show, would have theirs merged together.
   */
  private static final int MIN_ENTRIES = 32;

  private static final int MAX_ENTRIES = 64;

  private static final String KIND = "access";

  private final Vertx vertx;
  private final AccessLogStore store;
  private final Sealer sealer;
  private final Clock clock;
  private final AccessWindows windows = new AccessWindows(WINDOW);

  /** Of no verticle, whose timers would end with it. */
  private final Context context;

  /** Whether a moment is set at which what is due is stored. */
  private final AtomicBoolean set = new AtomicBoolean();

  /** Whether entries have to wait for Redis, as was said. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** Being written; no longer in a window and not yet stored. */
  private final Set<Future<Void>> underWay = ConcurrentHashMap.newKeySet();

  public AccessLog(Vertx vertx, AccessLogStore store, Sealer sealer, Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.sealer = sealer;
    this.clock = clock;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Counts an access of a person. */
  public void record(
      OpenSubject subject,
      String reader,
      Purpose purpose,
      Set<Field> fields,
      Access.Outcome outcome) {
    var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var access = new Access(day, reader, purpose, Set.copyOf(fields), outcome);
    count(subject.subject(), subject.accessKey(), Map.of(access, 1L));
  }

  private void count(SubjectLife life, KeyBytes key, Map<Access, Long> accesses) {
    windows.count(life, key, accesses);
    setMoment();
  }

  private void setMoment() {
    if (set.compareAndSet(false, true)) {
      context.runOnContext(here -> vertx.setTimer(MOMENT.toMillis(), due -> storeDue()));
    }
  }

  /** Slice by slice, each when Redis has answered the one before: it takes only so much at once. */
  private void storeDue() {
    var due = windows.takeDue(TOGETHER);
    Future.join(due.stream().map(this::storeOrTell).toList())
        .onComplete(
            stored -> {
              if (due.size() == TOGETHER) {
                // On a stack of its own: without Redis all have failed by now.
                context.runOnContext(next -> storeDue());
                return;
              }
              set.set(false);
              if (!windows.noneToCome()) {
                setMoment();
              }
            });
  }

  private Future<Void> storeOrTell(Window window) {
    return Future.succeededFuture(window)
        .compose(this::store)
        .onFailure(
            failure ->
                LOG.error("accesses are not recorded: {}", failure.getClass().getSimpleName()));
  }

  private Future<Void> flush(SubjectLife life) {
    return windows.take(life).map(this::store).orElseGet(Future::succeededFuture);
  }

  private Future<Void> store(Window window) {
    var life = window.subject();
    var sealed = sealer.sealNote(window.key(), KIND, life, AccessCodec.encode(window.counts()));
    var written =
        store
            .append(life.pseudonym(), life.life(), List.of(sealed))
            .onComplete(this::tell)
            .compose(
                length ->
                    length > mostEntries(life)
                        ? compact(life, window.key())
                        : Future.succeededFuture(),
                failure -> {
                  // What could not be stored is counted in the next window.
                  count(life, window.key(), window.counts());
                  return Future.<Void>succeededFuture();
                });
    underWay.add(written);
    return written.onComplete(ended -> underWay.remove(written));
  }

  private static int mostEntries(SubjectLife life) {
    return MIN_ENTRIES + Math.floorMod(life.pseudonym().hashCode(), MAX_ENTRIES - MIN_ENTRIES);
  }

  /** Says once that entries wait, and once that they do so no longer: they may be many. */
  private void tell(AsyncResult<Long> stored) {
    if (stored.failed() && waiting.compareAndSet(false, true)) {
      LOG.warn("entries of access logs wait: {}", stored.cause().getMessage());
    } else if (stored.succeeded() && waiting.compareAndSet(true, false)) {
      LOG.info("entries of access logs are stored again");
    }
  }

  private Future<Void> compact(SubjectLife life, KeyBytes key) {
    return store
        .read(life.pseudonym())
        .compose(
            entries -> {
              var counts = counts(life, key, entries);
              var oldest = LocalDate.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC);
              counts.keySet().removeIf(access -> access.day().isBefore(oldest));
              var merged = sealer.sealNote(key, KIND, life, AccessCodec.encode(counts));
              return store.compact(life.pseudonym(), life.life(), entries, List.of(merged));
            })
        .onFailure(failure -> LOG.warn("an access log stays long: {}", failure.getMessage()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** The log of a person, newest day first. */
  public Future<List<AccessLogEntry>> read(OpenSubject subject) {
    var life = subject.subject();
    return flush(life)
        .compose(flushed -> store.read(life.pseudonym()))
        .map(entries -> sorted(counts(life, subject.accessKey(), entries)));
  }

  /** The log that was put aside with a person. */
  public Future<List<AccessLogEntry>> read(Place place, OpenSubject subject) {
    return store
        .read(place)
        .map(entries -> sorted(counts(subject.subject(), subject.accessKey(), entries)));
  }

  private Map<Access, Long> counts(SubjectLife life, KeyBytes key, List<byte[]> entries) {
    var counts = new LinkedHashMap<Access, Long>();
    entries.forEach(entry -> AccessCodec.decode(sealer.openNote(key, KIND, life, entry), counts));
    return counts;
  }

  private static List<AccessLogEntry> sorted(Map<Access, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey().times(count.getValue()))
        .sorted(
            Comparator.comparing(AccessLogEntry::day)
                .reversed()
                .thenComparing(AccessLogEntry::reader)
                .thenComparing(AccessLogEntry::purpose)
                .thenComparing(AccessLogEntry::outcome)
                .thenComparing(entry -> entry.fields().toString()))
        .toList();
  }

  /**
   * Stores what is still counted in memory, a few people at a time: Redis takes only so much at
   * once. What it does not take is lost with the process, and said.
   */
  public Future<Void> flushAll() {
    var left = windows.subjects().iterator();
    return Future.join(List.copyOf(underWay))
        .transform(
            ended ->
                Repetition.untilLast(
                    () -> {
                      var some = new ArrayList<Future<Void>>();
                      while (left.hasNext() && some.size() < TOGETHER) {
                        some.add(flush(left.next()));
                      }
                      return Future.join(some).map(flushed -> !left.hasNext());
                    }))
        .onComplete(
            ended -> {
              var lost = windows.subjects().size();
              if (lost > 0) {
                LOG.warn("access logs of {} people lack their last second", lost);
              }
            });
  }
}
