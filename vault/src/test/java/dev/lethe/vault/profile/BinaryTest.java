package dev.lethe.vault.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.crypto.UnreadableException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BinaryTest {
  @Property(tries = 500)
  void whatIsWrittenIsReadAgainAndNothingShorterOrLonger(
      @ForAll @StringLength(max = 40) String text,
      @ForAll long number,
      @ForAll double fraction,
      @ForAll int small,
      @ForAll boolean flag) {
    var bytes =
        Binary.write(
            out -> {
              out.writeUTF(text);
              out.writeLong(number);
              out.writeDouble(fraction);
              out.writeInt(small);
              out.writeBoolean(flag);
            });
    Binary.Reader<Object[]> reader =
        in ->
            new Object[] {
              in.readUTF(), in.readLong(), in.readDouble(), in.readInt(), in.readBoolean()
            };

    assertThat(Binary.read(bytes, reader)).containsExactly(text, number, fraction, small, flag);
    for (int length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Binary.read(cut, reader)).isInstanceOf(UnreadableException.class);
    }
    var longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> Binary.read(longer, reader)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void textThatIsNotModifiedUtf8IsUnreadable() {
    var bytes = new byte[] {0, 2, 'a', (byte) 0xC3};
    assertThatThrownBy(() -> Binary.read(bytes, BinaryInput::readUTF))
        .isInstanceOf(UnreadableException.class);
  }
}
