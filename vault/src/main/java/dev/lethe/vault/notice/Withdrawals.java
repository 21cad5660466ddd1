package dev.lethe.vault.notice;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.SubjectLife;
import io.vertx.core.Future;
import java.util.Set;

/** Tells whether a withdrawal is a fact. */
@FunctionalInterface
public interface Withdrawals {
  /** Whether this life is the present one, and none of the fields is consented to. */
  Future<Boolean> stand(SubjectLife life, Purpose purpose, Set<Field> fields);
}
