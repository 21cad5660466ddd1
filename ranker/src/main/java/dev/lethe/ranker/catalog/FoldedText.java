package dev.lethe.ranker.catalog;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as it is compared: without letter case, accents and compatibility forms (NFKD, UAX #15). */
public final class FoldedText {
  private FoldedText() {}

  public static String of(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var bare = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(point -> !isMark(Character.getType(point)))
        .forEach(bare::appendCodePoint);
    // By way of upper case, so that a sharp s equals a double one.
    return bare.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Runs of letters and digits, folded, in order; repeated words stay. */
  public static List<String> words(String text) {
    var folded = of(text);
    var words = new ArrayList<String>();
    int start = -1;
    for (int at = 0; at <= folded.length(); ) {
      boolean end = at == folded.length();
      int point = end ? ' ' : folded.codePointAt(at);
      if (Character.isLetterOrDigit(point)) {
        start = start < 0 ? at : start;
      } else if (start >= 0) {
        words.add(folded.substring(start, at));
        start = -1;
      }
      at += end ? 1 : Character.charCount(point);
    }
    return words;
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
