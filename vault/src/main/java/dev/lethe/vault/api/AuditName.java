package dev.lethe.vault.api;

/** Who or what an entry of the audit log names. */
public sealed interface AuditName {
  /** Stands in the log as it is: an acting administrator, an epoch, a rotation. */
  record Clear(String text) implements AuditName {}

  /** A viewer; the vault, which alone can, writes the pseudonym instead. */
  record Viewer(SubjectRef subject) implements AuditName {}
}
