package dev.lethe.vault.profile;

import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Clock;

/**
 * Opens disclosures with nothing but the epoch keys of one purpose.
 *
 * @param keys of that purpose; asked for no other
 */
public record GrantOpener(Purpose purpose, EpochKeys keys, Sealer sealer, Clock clock)
    implements DisclosureOpener {
  @Override
  public Opened open(Disclosure disclosure) {
    var subject = new SubjectLife(disclosure.pseudonym(), disclosure.life());
    try {
      var epochKey = keys.key(Sealer.grantEpoch(disclosure.grant()), purpose);
      if (epochKey.isEmpty()) {
        return new Opened.EpochGone();
      }
      var fieldKeys =
          GrantCodec.decodeKeys(
              sealer.openGrant(epochKey.get(), purpose, subject, disclosure.grant()));
      var reading =
          new ProfileReader(sealer, subject, fieldKeys)
              .read(disclosure.sealed(), disclosure.retention(), clock.instant());
      return new Opened.Fields(reading.profile(), reading.unreadable());
    } catch (UnreadableException e) {
      return new Opened.Unreadable();
    } catch (IllegalStateException e) {
      // The epoch key was destroyed between finding and using it.
      return new Opened.EpochGone();
    }
  }
}
