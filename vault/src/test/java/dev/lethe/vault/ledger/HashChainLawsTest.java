package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class HashChainLawsTest {
  private static final int ENTRIES = 4;
  private static final byte[] GOOD = Chains.chain(ENTRIES);

  @Property(tries = 3000)
  void anyChangedByteIsDetected(
      @ForAll @IntRange(max = 10_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws Exception {
    try (var scratch = Scratch.make()) {
      var bytes = GOOD.clone();
      bytes[place % bytes.length] ^= (byte) flip;
      Files.write(scratch.file(), bytes);

      var check = HashChainFile.verify(scratch.file());

      assertThat(check.ok()).isFalse();
      assertThat(check.entries()).isEqualTo(newlinesBefore(place % bytes.length));
    }
  }

  /** The entry that the changed byte belongs to is the first broken one. */
  private static long newlinesBefore(int place) {
    return new String(GOOD, 0, place, ISO_8859_1).chars().filter(c -> c == '\n').count();
  }

  @Property(tries = 1000)
  void changedByteBeforeTheLastLineIsRefused(
      @ForAll @IntRange(max = 10_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws Exception {
    try (var scratch = Scratch.make()) {
      var bytes = GOOD.clone();
      var at = place % Chains.chain(ENTRIES - 1).length;
      bytes[at] ^= (byte) flip;
      Files.write(scratch.file(), bytes);

      assertThatThrownBy(() -> HashChainFile.open(scratch.file(), Chains.CLOCK))
          .isInstanceOfSatisfying(
              BrokenChainException.class,
              e -> {
                assertThat(e.entry()).isEqualTo(newlinesBefore(at) + 1);
                assertThat(e.file()).isEqualTo(scratch.file());
              });
      assertThat(scratch.file()).hasBinaryContent(bytes);
    }
  }

  @Property(tries = 300)
  void removedOrSwappedLineIsDetected(
      @ForAll @IntRange(max = ENTRIES - 2) int first, @ForAll boolean swap) throws Exception {
    try (var scratch = Scratch.make()) {
      Files.write(scratch.file(), GOOD);
      var lines = new ArrayList<>(Files.readAllLines(scratch.file()));
      var line = lines.remove(first);
      if (swap) {
        lines.add(first + 1, line);
      }
      Files.write(scratch.file(), lines);

      assertThat(HashChainFile.verify(scratch.file()).fault())
          .hasValueSatisfying(fault -> assertThat(fault).startsWith("entry " + (first + 1) + ":"));
    }
  }

  @Property(tries = 400)
  void tornLastLineIsTakenOffAndTheRestStands(@ForAll @IntRange(max = 10_000) int place)
      throws Exception {
    try (var scratch = Scratch.make()) {
      var whole = Chains.chain(ENTRIES - 1).length;
      var length = whole + place % (GOOD.length - whole);
      Files.write(scratch.file(), Arrays.copyOf(GOOD, length));
      assertThat(HashChainFile.verify(scratch.file()).ok()).isTrue();

      try (var file = HashChainFile.open(scratch.file(), Chains.CLOCK)) {
        assertThat(file.entries()).isEqualTo(ENTRIES - 1);
        assertThat(scratch.file()).hasBinaryContent(Arrays.copyOf(GOOD, whole));
        Chains.get(file.append(Chains.body(8)));
        Chains.get(file.append(Chains.body(9)));
      }

      var check = HashChainFile.verify(scratch.file());
      assertThat(check.ok()).isTrue();
      assertThat(check.entries()).isEqualTo(ENTRIES + 1);
    }
  }
}
