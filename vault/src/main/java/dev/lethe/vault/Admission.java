package dev.lethe.vault;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets so many acts go on at once; some more wait in the order in which they came. Confined to one
 * event loop, on which acts begin and end.
 */
final class Admission {
  private final int atOnce;
  private final int mostWaiting;
  private final Queue<Supplier<Future<?>>> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean beginning;

  Admission(int atOnce, int mostWaiting) {
    this.atOnce = atOnce;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Begins an act, now or when its turn comes.
   *
   * @return false when too many wait already: it is not begun
   */
  boolean take(Supplier<Future<?>> act) {
    if (underWay >= atOnce && waiting.size() >= mostWaiting) {
      return false;
    }
    waiting.add(act);
    begin();
    return true;
  }

  private void begin() {
    if (beginning) {
      return; // called by an act that ended at once: the loop below goes on
    }
    beginning = true;
    while (underWay < atOnce && !waiting.isEmpty()) {
      underWay++;
      // Composed, so that an act that cannot even begin ends like any other.
      Future.succeededFuture(waiting.remove())
          .compose(act -> act.get().mapEmpty())
          .onComplete(
              ended -> {
                underWay--;
                begin();
              });
    }
    beginning = false;
  }
}
