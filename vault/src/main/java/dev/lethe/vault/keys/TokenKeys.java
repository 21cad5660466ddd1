package dev.lethe.vault.keys;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one installation in a token: when they are made, kept and destroyed, seen from the
 * files that need them.
 *
 * <p>What stays true, whatever is interrupted: the token holds no key of an epoch that no file ever
 * knew, and loses that of a destroyed epoch only after every file called it so. So a key that is
 * missing, or one that no file knows, means that the file is an older copy, and never that a change
 * was cut off. The exceptions are an epoch under which nothing is sealed yet, whose keys are made
 * anew, and the time before there is a file.
 */
final class TokenKeys {
  private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);

  private final Token token;

  /** Made for epochs that the next file is the first to know; kept once it is written. */
  private final Map<String, SecretKey> pending = new HashMap<>();

  /** Kept by this process, so that it may take them back. */
  private final Set<String> kept = new HashSet<>();

  /** Kept for the file to come, which may be the first: no file needs these yet. */
  private final Set<String> unfiled = new HashSet<>();

  /** Of the installation whose key was seen or made, and has to be there from then on. */
  private volatile Optional<TokenNames> known = Optional.empty();

  TokenKeys(Token token) {
    this.token = token;
  }

  /** The key of an installation. */
  Optional<SecretKey> ofInstallation(TokenNames names) {
    var key = token.key(names.installation());
    if (key.isPresent()) {
      known = Optional.of(names);
    }
    return key;
  }

  Optional<SecretKey> ofEpoch(TokenNames names, int epoch) {
    return token.key(names.epoch(epoch));
  }

  /**
   * Gets ready for a file, and answers the key of the installation, which is made before its first
   * file.
   */
  SecretKey prepare(TokenNames names, KeystoreContent content) {
    pending.clear();
    unfiled.clear();
    var key =
        ofInstallation(names)
            .orElseGet(
                () -> {
                  if (known.isPresent()) {
                    throw lost();
                  }
                  return keepEarly(names.installation(), token.generate());
                });
    known = Optional.of(names);
    takeBack(names, content);
    return key;
  }

  /**
   * A change may fail after its key was kept; a file that does not know that epoch must not be
   * written while the token still does.
   */
  private void takeBack(TokenNames names, KeystoreContent content) {
    for (int epoch : names.epochs(Set.copyOf(kept))) {
      if (content.epoch(epoch).isEmpty()) {
        destroy(names, epoch);
        kept.remove(names.epoch(epoch));
      }
    }
  }

  /**
   * The key that wraps an epoch in the file to come. That of an epoch in use has to be made when a
   * keystore is new or moves here, and after a destruction that failed halfway; it is kept before
   * the file is written, because it must never be missing.
   */
  SecretKey wrapping(TokenNames names, EpochInfo epoch) {
    var name = names.epoch(epoch.number());
    return token
        .key(name)
        .orElseGet(
            () -> {
              var fresh = token.generate();
              if (epoch.state() != EpochState.PREPARED) {
                return keepEarly(name, fresh);
              }
              pending.put(name, fresh);
              return fresh;
            });
  }

  /** Epochs that the token holds a key of. */
  Set<Integer> epochs(TokenNames names) {
    return names.epochs(token.names());
  }

  /**
   * Keeps the keys of epochs that the files know now, and destroys those of epochs that all of them
   * call destroyed. Returns when the token shows just that.
   */
  void settle(TokenNames names, KeystoreContent content) {
    pending.forEach(this::keep);
    pending.clear();
    for (int epoch : epochs(names)) {
      if (content.epoch(epoch).filter(info -> info.state() == EpochState.DESTROYED).isPresent()) {
        destroy(names, epoch);
      }
    }
    if (!usable()) {
      throw lost();
    }
  }

  private SecretKey keep(String name, SecretKey key) {
    kept.add(name);
    return token.keep(name, key);
  }

  private SecretKey keepEarly(String name, SecretKey key) {
    unfiled.add(name);
    return token.keep(name, key);
  }

  /** Removes what was kept for files that were not written, so that repeating it fills no token. */
  void abandon() {
    try {
      for (var name : unfiled) {
        token.remove(name);
      }
      unfiled.clear();
      known = known.filter(names -> token.key(names.installation()).isPresent());
    } catch (KeystoreException e) {
      LOG.warn("keys that nothing needs stay behind: {}", e.getMessage());
    }
  }

  private void destroy(TokenNames names, int epoch) {
    token.destroy(names.epoch(epoch), names.installation());
  }

  private KeystoreException lost() {
    return new KeystoreException(
        "the "
            + token
            + " does not show the key of this installation any more: attach it, and restart");
  }

  boolean usable() {
    try {
      return known
          .flatMap(names -> token.key(names.installation()))
          .filter(token::works)
          .isPresent();
    } catch (KeystoreException e) {
      return false;
    }
  }
}
