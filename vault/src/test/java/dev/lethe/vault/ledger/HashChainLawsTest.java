package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

final class HashChainLawsTest {
  private static final int ENTRIES = 4;
  private static final byte[] GOOD = Chains.chain(ENTRIES);

  /** Where the last line begins. */
  private static final int WHOLE = Chains.chain(ENTRIES - 1).length;

  @BeforeContainer
  static void expectTornLines() {
    ((Logger) LoggerFactory.getLogger(ChainOpening.class)).setLevel(Level.ERROR);
  }

  @AfterContainer
  static void expectNoneElsewhere() {
    ((Logger) LoggerFactory.getLogger(ChainOpening.class)).setLevel(null);
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, GOOD.length - 1);
  }

  @Provide
  Arbitrary<Integer> earlierPlaces() {
    return Arbitraries.integers().between(0, WHOLE - 1);
  }

  @Provide
  Arbitrary<Integer> lastPlaces() {
    return Arbitraries.integers().between(WHOLE, GOOD.length - 1);
  }

  @Property(tries = 3000)
  void anyChangedByteIsDetected(
      @ForAll("places") int place, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws Exception {
    try (var scratch = Scratch.make()) {
      var bytes = GOOD.clone();
      bytes[place] ^= (byte) flip;
      Files.write(scratch.file(), bytes);

      var check = HashChainFile.verify(scratch.file());

      assertThat(check.ok()).isFalse();
      assertThat(check.entries()).isEqualTo(newlinesBefore(place));
    }
  }

  /** The entry that the changed byte belongs to is the first broken one. */
  private static long newlinesBefore(int place) {
    return new String(GOOD, 0, place, ISO_8859_1).chars().filter(c -> c == '\n').count();
  }

  @Property(tries = 1000)
  void changedByteBeforeTheLastLineIsRefused(
      @ForAll("earlierPlaces") int place, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws Exception {
    try (var scratch = Scratch.make()) {
      var bytes = GOOD.clone();
      bytes[place] ^= (byte) flip;
      Files.write(scratch.file(), bytes);

      assertThatThrownBy(() -> HashChainFile.open(scratch.file(), Chains.CLOCK))
          .isInstanceOfSatisfying(
              BrokenChainException.class,
              e -> {
                assertThat(e.entry()).isEqualTo(newlinesBefore(place) + 1);
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
  void tornLastLineIsTakenOffAndTheRestStands(@ForAll("lastPlaces") int length) throws Exception {
    try (var scratch = Scratch.make()) {
      Files.write(scratch.file(), Arrays.copyOf(GOOD, length));
      assertThat(HashChainFile.verify(scratch.file()).ok()).isTrue();

      try (var file = HashChainFile.open(scratch.file(), Chains.CLOCK)) {
        assertThat(file.entries()).isEqualTo(ENTRIES - 1);
        assertThat(scratch.file()).hasBinaryContent(Arrays.copyOf(GOOD, WHOLE));
        Chains.get(file.append(Chains.body(8)));
        Chains.get(file.append(Chains.body(9)));
      }

      var check = HashChainFile.verify(scratch.file());
      assertThat(check.ok()).isTrue();
      assertThat(check.entries()).isEqualTo(ENTRIES + 1);
    }
  }
}
