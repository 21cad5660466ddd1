package dev.lethe.gateway.auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that were found good, by digest, so that a signature is checked once. An entry holds only
 * until the token expires and while the issuer's key set is the very one that verified it. Bounded;
 * the least recently used goes first.
 */
final class AcceptedTokens {
  private record Known(VerifiedToken token, Instant until, KeySet keys, KeyRing ring) {}

  private final int capacity;
  private final Map<String, Known> entries =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > capacity;
        }
      };

  AcceptedTokens(int capacity) {
    this.capacity = capacity;
  }

  synchronized Optional<VerifiedToken> find(String digest, Instant now) {
    Known entry = entries.get(digest);
    if (entry == null) {
      return Optional.empty();
    }
    boolean sameKeys = entry.ring().keys().filter(entry.keys()::equals).isPresent();
    if (!sameKeys || !now.isBefore(entry.until())) {
      entries.remove(digest);
      return Optional.empty();
    }
    return Optional.of(entry.token());
  }

  synchronized void add(VerifiedToken token, Instant until, KeySet keys, KeyRing ring) {
    entries.put(token.digestHex(), new Known(token, until, keys, ring));
  }
}
