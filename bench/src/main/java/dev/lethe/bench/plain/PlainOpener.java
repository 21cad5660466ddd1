package dev.lethe.bench.plain;

import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Purpose;
import java.util.HashMap;
import java.util.Set;

/** Reads what a {@link PlainVault} discloses, which is JSON. */
final class PlainOpener implements DisclosureOpener {
  @Override
  public Purpose purpose() {
    return Purpose.PERSONALIZATION;
  }

  @Override
  public Opened open(Disclosure disclosure) {
    var hash = new HashMap<String, byte[]>();
    for (var stored : disclosure.sealed()) {
      var field = stored.field();
      hash.put(
          field.holdsEvents()
              ? StoredProfile.segmentPrefix(field) + stored.number()
              : field.wireName(),
          stored.blob());
    }
    return new Opened.Fields(StoredProfile.profile(hash), Set.of());
  }
}
