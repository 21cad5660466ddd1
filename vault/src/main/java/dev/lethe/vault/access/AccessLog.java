package dev.lethe.vault.access;

import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
 * The sealed access log. Accesses of one person are counted for at most a second and then appended,
 * sealed with that person's key; the script refuses them when the life has ended meanwhile. A crash
 * loses what was counted in that second at most; a clean stop loses nothing.
 */
public final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** How long entries are kept, at least; older ones go when the list is merged. */
  public static final Duration KEPT = Duration.ofDays(400);

  private static final int TOGETHER = 256;

  /** Longer lists are merged into one entry. */
  private static final int MAX_ENTRIES = 64;

  private static final String KIND = "access";

  private final Vertx vertx;
  private final SubjectStore store;
  private final Sealer sealer;
  private final Clock clock;
  private final ConcurrentHashMap<SubjectLife, Window> windows = new ConcurrentHashMap<>();

  /** Whether entries have to wait for Redis, as was said. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** Being written; no longer in a window and not yet stored. */
  private final Set<Future<Void>> underWay = ConcurrentHashMap.newKeySet();

  private record Window(KeyBytes key, Map<Access, Long> counts) {}

  public AccessLog(Vertx vertx, SubjectStore store, Sealer sealer, Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.sealer = sealer;
    this.clock = clock;
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
    windows.compute(
        subject.subject(),
        (life, open) -> {
          var window = open;
          if (window == null) {
            window = new Window(subject.accessKey(), new LinkedHashMap<>());
            vertx.setTimer(WINDOW.toMillis(), due -> flush(life));
          }
          window.counts().merge(access, 1L, Long::sum);
          return window;
        });
  }

  private Future<Void> flush(SubjectLife life) {
    var window = windows.remove(life);
    if (window == null) {
      return Future.succeededFuture();
    }
    var sealed = sealer.sealNote(window.key(), KIND, life, AccessCodec.encode(window.counts()));
    var written = write(life, window, sealed);
    underWay.add(written);
    return written.onComplete(ended -> underWay.remove(written));
  }

  private Future<Void> write(SubjectLife life, Window window, byte[] sealed) {
    return store
        .appendAccess(life.pseudonym(), life.life(), List.of(sealed))
        .onComplete(this::tell)
        .compose(
            length -> length > MAX_ENTRIES ? compact(life, window.key()) : Future.succeededFuture(),
            failure -> putBack(life, window));
  }

  /** Says once that entries wait, and once that they do so no longer: they may be many. */
  private void tell(AsyncResult<Long> stored) {
    if (stored.failed() && waiting.compareAndSet(false, true)) {
      LOG.warn("entries of access logs wait: {}", stored.cause().getMessage());
    } else if (stored.succeeded() && waiting.compareAndSet(true, false)) {
      LOG.info("entries of access logs are stored again");
    }
  }

  /** What could not be stored is counted in the next window. */
  private Future<Void> putBack(SubjectLife life, Window lost) {
    windows.compute(
        life,
        (key, open) -> {
          if (open == null) {
            vertx.setTimer(WINDOW.toMillis(), due -> flush(life));
            return lost;
          }
          lost.counts().forEach((access, count) -> open.counts().merge(access, count, Long::sum));
          return open;
        });
    return Future.succeededFuture();
  }

  private Future<Void> compact(SubjectLife life, KeyBytes key) {
    return store
        .accessLog(life.pseudonym())
        .compose(
            entries -> {
              var counts = counts(life, key, entries);
              var oldest = LocalDate.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC);
              counts.keySet().removeIf(access -> access.day().isBefore(oldest));
              var merged = sealer.sealNote(key, KIND, life, AccessCodec.encode(counts));
              return store.compactAccess(life.pseudonym(), life.life(), entries, List.of(merged));
            })
        .onFailure(failure -> LOG.warn("an access log stays long: {}", failure.getMessage()))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** The log of a person, newest day first. */
  public Future<List<AccessLogEntry>> read(OpenSubject subject) {
    var life = subject.subject();
    return flush(life)
        .compose(flushed -> store.accessLog(life.pseudonym()))
        .map(entries -> sorted(counts(life, subject.accessKey(), entries)));
  }

  /** The log that was put aside with a person. */
  public Future<List<AccessLogEntry>> read(Place place, OpenSubject subject) {
    return store
        .accessLog(place)
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
    var left = List.copyOf(windows.keySet()).iterator();
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
              if (!windows.isEmpty()) {
                LOG.warn("access logs of {} people lack their last second", windows.size());
              }
            });
  }
}
