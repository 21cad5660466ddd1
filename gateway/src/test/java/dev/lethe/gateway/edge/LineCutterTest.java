package dev.lethe.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineCutterTest {
  private static final int LONGEST = 5;

  /** Number and text of each line; a line that is too long has a dash. */
  private static List<String> cut(String body, int partSize) {
    var cutter = new LineCutter(LONGEST);
    var lines = new ArrayList<String>();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += partSize) {
      cutter.add(Arrays.copyOfRange(bytes, from, Math.min(from + partSize, bytes.length)));
      drain(cutter, lines);
    }
    cutter.finish();
    drain(cutter, lines);
    return lines;
  }

  private static void drain(LineCutter cutter, List<String> lines) {
    while (cutter.hasNext()) {
      var line = cutter.next();
      lines.add(
          line.number()
              + " "
              + line.text().map(text -> text.toString(StandardCharsets.UTF_8)).orElse("-"));
    }
  }

  @Test
  void linesAreTheSameHoweverTheBodyArrives() {
    String body = "one\n\n  \r\nfive5\ntoo long\nö\nsixsix\r\nend";
    for (int size = 1; size <= body.length() + 2; size++) {
      assertThat(cut(body, size))
          .as("parts of " + size)
          .containsExactly("1 one", "4 five5", "5 -", "6 ö", "7 -", "8 end");
    }
  }

  @Test
  void lastLineNeedsNoEnd() {
    assertThat(cut("a\nb", 8)).containsExactly("1 a", "2 b");
    assertThat(cut("a\nb\n", 8)).containsExactly("1 a", "2 b");
    assertThat(cut("a\nlonger", 1)).containsExactly("1 a", "2 -");
    assertThat(cut("", 1)).isEmpty();
  }
}
