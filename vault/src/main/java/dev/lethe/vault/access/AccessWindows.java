package dev.lethe.vault.access;

import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.SubjectLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Accesses that are counted in memory, in a window for each person that opens with the first of
 * them. Thread-safe.
 */
final class AccessWindows {
  private final Map<SubjectLife, Window> open = new ConcurrentHashMap<>();

  /** In the order in which they opened; some may have been taken since. */
  private final Queue<Window> opened = new ConcurrentLinkedQueue<>();

  private final long lengthNanos;

  /**
   * @param length how long a window stays open
   */
  AccessWindows(Duration length) {
    this.lengthNanos = length.toNanos();
  }

  /**
   * What was counted of a person. Nobody counts in it any more once it was taken.
   *
   * @param openedAt by {@link System#nanoTime}
   */
  record Window(SubjectLife subject, KeyBytes key, long openedAt, Map<Access, Long> counts) {}

  void count(SubjectLife subject, KeyBytes key, Map<Access, Long> accesses) {
    open.compute(
        subject,
        (life, present) -> {
          var window = present;
          if (window == null) {
            window = new Window(life, key, System.nanoTime(), new LinkedHashMap<>());
            opened.add(window);
          }
          var counts = window.counts();
          accesses.forEach((access, times) -> counts.merge(access, times, Long::sum));
          return window;
        });
  }

  /** Takes the window of a person. */
  Optional<Window> take(SubjectLife subject) {
    return Optional.ofNullable(open.remove(subject));
  }

  /** Takes at most so many that have been open for long enough. For one caller at a time. */
  List<Window> takeDue(int most) {
    long now = System.nanoTime();
    var due = new ArrayList<Window>();
    for (var head = opened.peek();
        head != null && due.size() < most && isDue(head, now);
        head = opened.peek()) {
      var window = opened.remove();
      open.computeIfPresent(
          window.subject(),
          (life, present) -> {
            if (present.openedAt() != window.openedAt()) {
              return present; // a later one: that which was due has been taken before
            }
            due.add(window);
            return null;
          });
    }
    return due;
  }

  private boolean isDue(Window window, long now) {
    return now - window.openedAt() >= lengthNanos;
  }

  /** Whether none will become due. */
  boolean noneToCome() {
    return opened.isEmpty();
  }

  /** Who has one now. */
  List<SubjectLife> subjects() {
    return List.copyOf(open.keySet());
  }
}
