package dev.lethe.ranker.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lethe.ranker.api.Title;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one line of a catalogue file, strictly. */
final class TitleReader {
  static final int MAX_TITLE = 300;
  static final int MAX_GENRES = 50;
  static final int MAX_TAGS = 50;
  static final int MAX_PEOPLE = 100;
  static final int MAX_ENTRY = 100;
  static final int MAX_OVERVIEW = 4_000;
  static final int FIRST_YEAR = 1870;
  static final int LAST_YEAR = 2200;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final JsonFactory JSON = new JsonFactory();

  Title read(String line) throws IOException, LineFaultException {
    try (var parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new LineFaultException("not a JSON object");
      }
      var title = members(parser);
      if (parser.nextToken() != null) {
        throw new LineFaultException("text after the object");
      }
      return title;
    } catch (JsonProcessingException e) {
      throw new LineFaultException("malformed JSON");
    }
  }

  private static Title members(JsonParser parser) throws IOException, LineFaultException {
    Optional<String> id = Optional.empty();
    Optional<String> name = Optional.empty();
    var year = OptionalInt.empty();
    List<String> genres = List.of();
    List<String> tags = List.of();
    List<String> people = List.of();
    String overview = "";
    double popularity = 0;
    var seen = new HashSet<String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var member = parser.currentName();
      if (!seen.add(member)) {
        throw new LineFaultException("duplicate member " + shortened(member));
      }
      parser.nextToken();
      switch (member) {
        case "id" -> id = Optional.of(id(parser));
        case "title" -> name = Optional.of(text(parser, "title", 1, MAX_TITLE));
        case "year" -> year = OptionalInt.of(year(parser));
        case "genres" -> genres = texts(parser, "genres", MAX_GENRES);
        case "tags" -> tags = texts(parser, "tags", MAX_TAGS);
        case "people" -> people = texts(parser, "people", MAX_PEOPLE);
        case "overview" -> overview = text(parser, "overview", 0, MAX_OVERVIEW);
        case "popularity" -> popularity = popularity(parser);
        default -> throw new LineFaultException("unknown member " + shortened(member));
      }
    }
    if (id.isEmpty()) {
      throw new LineFaultException("id is missing");
    }
    if (name.isEmpty()) {
      throw new LineFaultException("title is missing");
    }
    return new Title(id.get(), name.get(), year, genres, tags, people, overview, popularity);
  }

  private static String id(JsonParser parser) throws IOException, LineFaultException {
    expect(parser, JsonToken.VALUE_STRING, "id must be text");
    var id = parser.getText();
    if (!ID.matcher(id).matches()) {
      throw new LineFaultException("id must match " + ID.pattern());
    }
    return id;
  }

  private static int year(JsonParser parser) throws IOException, LineFaultException {
    expect(parser, JsonToken.VALUE_NUMBER_INT, "year must be a whole number");
    var outside = "year must be " + FIRST_YEAR + " to " + LAST_YEAR;
    if (parser.getNumberType() != JsonParser.NumberType.INT) {
      throw new LineFaultException(outside);
    }
    int year = parser.getIntValue();
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new LineFaultException(outside);
    }
    return year;
  }

  private static double popularity(JsonParser parser) throws IOException, LineFaultException {
    if (!parser.currentToken().isNumeric()) {
      throw new LineFaultException("popularity must be a number");
    }
    double popularity = parser.getDoubleValue();
    if (!(popularity >= 0 && popularity <= 1)) {
      throw new LineFaultException("popularity must be 0 to 1");
    }
    // No negative zero: it would be written differently though it ranks the same.
    return popularity + 0.0;
  }

  private static List<String> texts(JsonParser parser, String member, int max)
      throws IOException, LineFaultException {
    expect(parser, JsonToken.START_ARRAY, member + " must be a list of texts");
    var texts = new ArrayList<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (texts.size() == max) {
        throw new LineFaultException(member + " has more than " + max + " entries");
      }
      texts.add(text(parser, "an entry of " + member, 1, MAX_ENTRY));
    }
    return List.copyOf(texts);
  }

  private static String text(JsonParser parser, String what, int min, int max)
      throws IOException, LineFaultException {
    expect(parser, JsonToken.VALUE_STRING, what + " must be text");
    var text = parser.getText();
    if (text.codePoints().anyMatch(TitleReader::isLoneSurrogate)) {
      throw new LineFaultException(what + " has half a surrogate pair");
    }
    if (min > 0 && text.isBlank()) {
      throw new LineFaultException(what + " is empty");
    }
    if (text.codePointCount(0, text.length()) > max) {
      throw new LineFaultException(what + " is longer than " + max + " characters");
    }
    return text;
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static void expect(JsonParser parser, JsonToken token, String fault)
      throws LineFaultException {
    if (parser.currentToken() != token) {
      throw new LineFaultException(fault);
    }
  }

  private static String shortened(String member) {
    var plain = member.replaceAll("[^\\x20-\\x7E]", "?");
    return plain.length() <= 40 ? plain : plain.substring(0, 40) + "...";
  }
}
