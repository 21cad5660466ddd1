package dev.lethe.vault.notice;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.EpochLease;
import dev.lethe.vault.keys.Keystore;

/**
 * Seals what notices name, under the {@code self} key of an epoch: with the epoch goes every copy
 * that was not sealed anew.
 */
record NoticeSeal(Keystore keystore, Sealer sealer) {
  /** A lease on the epoch to seal under, to be held until it is stored. */
  EpochLease lease() {
    return keystore.ring().leaseActive();
  }

  byte[] seal(Notice notice, Content content, int epoch) {
    return sealer.sealNotice(key(epoch), place(notice), notice.subject(), epoch, content.encode());
  }

  /** Seals the same under another epoch. */
  byte[] reseal(Notice notice, byte[] sealed, int epoch) {
    return sealer.sealNotice(
        key(epoch), place(notice), notice.subject(), epoch, text(notice, sealed));
  }

  int epoch(byte[] sealed) {
    return Sealer.noticeEpoch(sealed);
  }

  /**
   * What it names.
   *
   * @throws UnreadableException when it does not open
   */
  Content open(Notice notice, byte[] sealed) {
    return Content.decode(text(notice, sealed))
        .orElseThrow(() -> new UnreadableException("a notice opens and is none"));
  }

  private byte[] text(Notice notice, byte[] sealed) {
    return sealer.openNotice(key(epoch(sealed)), place(notice), notice.subject(), sealed);
  }

  /** All that stands in clear is bound: who writes to Redis cannot make one notice another. */
  private static String place(Notice notice) {
    return notice.id() + " " + notice.about();
  }

  private KeyBytes key(int epoch) {
    return keystore
        .ring()
        .key(epoch, Purpose.SELF)
        .orElseThrow(() -> new UnreadableException("the epoch of a notice is gone"));
  }

  @Override
  public String toString() {
    return "NoticeSeal[]";
  }
}
