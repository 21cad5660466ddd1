package dev.lethe.ranker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Title;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogLoaderTest {
  private static final String GOOD = "{\"id\":\"a\",\"title\":\"A\"}";

  @Test
  void wholeLineBecomesTheTitleItDescribes() {
    var catalog =
        Catalogs.of(
            """
            {"id":"m-1","title":"Amélie","year":2001,"genres":["Comedy"],"tags":["paris"],"people":["Audrey Tautou"],"overview":"Ü","popularity":1}
            """);

    assertThat(catalog.title(0))
        .isEqualTo(
            new Title(
                "m-1",
                "Amélie",
                OptionalInt.of(2001),
                List.of("Comedy"),
                List.of("paris"),
                List.of("Audrey Tautou"),
                "Ü",
                1.0));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultyLineIsRefusedForWhatIsWrong(String line, String what) {
    var read = Catalogs.read((GOOD + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(read).isEqualTo(new CatalogRead.CatalogFault(2, what));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("{\"id\":\"b\"", "malformed JSON"),
        fault("{'id':\"b\"}", "malformed JSON"),
        fault("[1]", "not a JSON object"),
        fault(GOOD.replace("a", "b") + "{}", "text after the object"),
        fault(GOOD, "duplicate id a"),
        fault("{\"id\":\"b\",\"id\":\"c\",\"title\":\"B\"}", "duplicate member id"),
        fault("{\"id\":\"b\",\"title\":\"B\",\"url\":\"x\"}", "unknown member url"),
        fault("{\"title\":\"B\"}", "id is missing"),
        fault("{\"id\":\"b\"}", "title is missing"),
        fault("{\"id\":\"b\",\"title\":\" \"}", "title is empty"),
        fault("{\"id\":\"b c\",\"title\":\"B\"}", "id must match [A-Za-z0-9._:-]{1,64}"),
        fault("{\"id\":7,\"title\":\"B\"}", "id must be text"),
        fault("{\"id\":\"b\",\"title\":null}", "title must be text"),
        fault(with("\"title2\":1"), "unknown member title2"),
        fault(with("\"popularity\":1.01"), "popularity must be 0 to 1"),
        fault(with("\"popularity\":-0.1"), "popularity must be 0 to 1"),
        fault(with("\"popularity\":1e999"), "popularity must be 0 to 1"),
        fault(with("\"popularity\":\"1\""), "popularity must be a number"),
        fault(with("\"year\":1999.5"), "year must be a whole number"),
        fault(with("\"year\":1869"), "year must be 1870 to 2200"),
        fault(with("\"year\":99999999999"), "year must be 1870 to 2200"),
        fault(with("\"genres\":\"Drama\""), "genres must be a list of texts"),
        fault(with("\"genres\":[1]"), "an entry of genres must be text"),
        fault(with("\"tags\":[\"\"]"), "an entry of tags is empty"),
        fault(with("\"tags\":" + list(51)), "tags has more than 50 entries"),
        fault(with("\"people\":" + list(101)), "people has more than 100 entries"),
        fault(
            with("\"people\":[\"" + "x".repeat(101) + "\"]"),
            "an entry of people is longer than 100 characters"),
        fault(
            with("\"overview\":\"" + "x".repeat(4001) + "\""),
            "overview is longer than 4000 characters"),
        fault(with("\"overview\":\"\\ud800\""), "overview has half a surrogate pair"),
        fault(" ".repeat(Lines.MAX_BYTES + 1), "line longer than 262144 bytes"));
  }

  @Test
  void lengthIsCountedInCharactersNotInHalves() {
    var title = "😀".repeat(300);

    assertThat(Catalogs.of("{\"id\":\"a\",\"title\":\"" + title + "\"}").title(0).title())
        .isEqualTo(title);
  }

  @Test
  void brokenUtf8IsRefusedAtItsLine() {
    byte[] bytes = (GOOD + "\n{\"id\":\"b\",\"title\":\"?\"}").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xC3;

    assertThat(Catalogs.read(bytes)).isEqualTo(new CatalogRead.CatalogFault(2, "not valid UTF-8"));
  }

  @Test
  void emptyLineIsAllowedAtTheEndOnly() {
    assertThat(Catalogs.of(GOOD + "\n\n").size()).isEqualTo(1);
    assertThat(Catalogs.read(("\n" + GOOD).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new CatalogRead.CatalogFault(1, "empty line"));
    assertThat(Catalogs.read((GOOD + "\n\n\n").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new CatalogRead.CatalogFault(2, "empty line"));
  }

  @Test
  void catalogueWithoutTitlesIsRefused() {
    assertThat(Catalogs.read(new byte[0])).isEqualTo(new CatalogRead.CatalogFault(1, "no titles"));
  }

  @Test
  void defaultCatalogueIsLarge() {
    assertThat(Catalogs.standard().size()).isGreaterThanOrEqualTo(400);
  }

  private static String with(String member) {
    return "{\"id\":\"b\",\"title\":\"B\"," + member + "}";
  }

  private static String list(int entries) {
    return "[" + "\"x\",".repeat(entries - 1) + "\"x\"]";
  }

  private static Arguments fault(String line, String what) {
    return Arguments.of(line, what);
  }
}
