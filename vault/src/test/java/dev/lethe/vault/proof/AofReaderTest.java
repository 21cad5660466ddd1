package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AofReaderTest {
  private static final String SELECT = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
  private static final String SET = "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$6\r\n\r\n*1\0\u00ff\r\n";

  @TempDir Path folder;

  private record Read(List<List<String>> commands, boolean torn) {}

  private Read read(String text) throws IOException {
    var file = Files.write(folder.resolve("a.aof"), text.getBytes(ISO_8859_1));
    var commands = new ArrayList<List<String>>();
    try (var reader = AofReader.open(file, 0)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        var words = new ArrayList<String>();
        for (int i = 0; i < next.get().size(); i++) {
          words.add(next.get().text(i));
        }
        commands.add(words);
      }
      return new Read(commands, reader.torn());
    }
  }

  @Test
  void commandsComeBackWithEveryByte() throws IOException {
    assertThat(read(SELECT + SET))
        .isEqualTo(
            new Read(
                List.of(List.of("SELECT", "0"), List.of("set", "k", "\r\n*1\0\u00ff")), false));
  }

  @Test
  void anEmptyFileHoldsNothing() throws IOException {
    assertThat(read("")).isEqualTo(new Read(List.of(), false));
  }

  @Test
  void aNameIsReadInUpperCaseAndNothingIsPrinted() throws IOException {
    var file = Files.write(folder.resolve("a.aof"), SET.getBytes(ISO_8859_1));
    try (var reader = AofReader.open(file, 0)) {
      var command = reader.next().orElseThrow();

      assertThat(command.name()).isEqualTo("SET");
      assertThat(command.toString()).isEqualTo("AofCommand[hidden]");
    }
  }

  @Test
  void annotationsAreSkipped() throws IOException {
    assertThat(read("#TS:1764000000\r\n" + SELECT + "#TS:1764000001\r\n" + SET + "#TS:9\r\n"))
        .isEqualTo(read(SELECT + SET));
  }

  @Test
  void aTornLastCommandIsLeftOutWhereverItEnds() throws IOException {
    for (int length = 1; length < SET.length(); length++) {
      assertThat(read(SELECT + SET.substring(0, length)))
          .isEqualTo(new Read(List.of(List.of("SELECT", "0")), true));
    }
  }

  @Test
  void aHugeWordThatIsNotThereTakesNoMemory() throws IOException {
    assertThat(read("*1\r\n$536870912\r\nabc").torn()).isTrue();
  }

  @Test
  void aLargeWordComesBack() throws IOException {
    var word = "x".repeat(300_000);
    assertThat(read("*2\r\n$1\r\na\r\n$300000\r\n" + word + "\r\n").commands())
        .containsExactly(List.of("a", word));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET k\r\n",
        "*0\r\n",
        "*\r\n",
        "*-1\r\n",
        "*01\r\n$1\r\na\r\n",
        "*+1\r\n$1\r\na\r\n",
        "*9999999999999999999\r\n",
        "*1\n$1\na\n",
        "*1\r\n:1\r\n",
        "*1\r\n$-1\r\n",
        "*1\r\n$536870913\r\n",
        "*1\r\n$1\r\nab\r\n",
        "*1\r\n$2\r\na\r\n*1\r\n",
        "*1\r\r\n$1\r\na\r\n",
        "\r\n"
      })
  void whatRedisDoesNotWriteIsRefused(String text) {
    assertThatThrownBy(() -> read(SELECT + text + SELECT))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("a.aof is damaged at byte ");
  }

  @Test
  void theFaultIsNamedByItsPlace() {
    assertThatThrownBy(() -> read(SELECT + "?"))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("at byte " + SELECT.length() + ":");
  }

  @Test
  void aLineWithoutEndIsRefused() {
    var line = new char[100_000];
    Arrays.fill(line, '1');

    assertThatThrownBy(() -> read("*" + new String(line))).isInstanceOf(AofFormatException.class);
  }
}
