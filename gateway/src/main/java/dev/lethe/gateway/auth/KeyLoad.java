package dev.lethe.gateway.auth;

import io.vertx.core.Future;
import java.util.Optional;

/** One way to get the text of a JWK set. */
interface KeyLoad {
  /** The text, or nothing when it has not changed since the last time. */
  Future<Optional<String>> load();
}
