package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content that is in force. A change is written, read back and only then in force; what is
 * changed is the newest content, whichever process wrote it; and the ring has the keys of what is
 * in force. Thread-safe.
 */
final class CurrentContent {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentContent.class);

  private final ContentStore store;
  private final EpochRing ring;
  private volatile KeystoreContent content;
  private long generation;
  private boolean healthy = true;

  /**
   * @param content as loaded from the store
   * @param ring that has its keys
   */
  CurrentContent(ContentStore store, KeystoreContent content, EpochRing ring) {
    this.store = store;
    this.ring = ring;
    this.content = content;
    this.generation = content.generation();
  }

  KeystoreContent get() {
    return content;
  }

  /** {@link Keystore#refresh}. */
  synchronized void refresh() {
    store.changedElsewhere().ifPresent(this::takeOver);
  }

  private void takeOver(KeystoreContent found) {
    if (!found.installationId().equals(content.installationId())
        || !found.pepper().equals(content.pepper())) {
      throw new KeystoreException("the keystore was replaced by that of another installation");
    }
    if (found.generation() > content.generation()) {
      content = found.withKeys(sameKeys(found));
      generation = Math.max(generation, found.generation());
      ring.take(content);
    } else if (!found.sameAs(content)) {
      LOG.warn("another process put an older keystore back: it is written anew");
      write(content);
    }
  }

  /** Keys that are here already are not kept twice. */
  private Map<Integer, Map<Purpose, KeyBytes>> sameKeys(KeystoreContent found) {
    var all = new HashMap<>(found.epochKeys());
    all.replaceAll(
        (epoch, theirs) -> {
          var ours = content.epochKeys().getOrDefault(epoch, Map.of());
          if (!ours.equals(theirs)) {
            return theirs;
          }
          theirs.values().forEach(KeyBytes::destroy);
          return ours;
        });
    return all;
  }

  /** Writes what a transition leads to, unless that is the same. */
  synchronized void change(UnaryOperator<KeystoreContent> transition) {
    try {
      refresh();
    } catch (KeystoreException e) {
      healthy = false;
      throw e;
    }
    var next = transition.apply(content);
    if (!next.equals(content)) {
      write(next);
    }
  }

  private void write(KeystoreContent changed) {
    healthy = false;
    // Never the same twice: a copy may hold what another could not take.
    generation++;
    var next = changed.inGeneration(generation);
    store.store(next);
    content = next;
    ring.take(next);
    healthy = true;
  }

  /** {@link Keystore#healthy}. */
  boolean healthy() {
    synchronized (this) {
      if (!healthy) {
        return false;
      }
    }
    return store.whole();
  }
}
