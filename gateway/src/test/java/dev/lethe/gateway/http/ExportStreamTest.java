package dev.lethe.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportStreamTest {
  private static final Instant AT = Instant.parse("2026-11-01T20:15:00Z");
  private static final int EVENTS = 500_000;

  /** An event is longer than this in the answer. */
  private static final int LEAST_BYTES = 50;

  /** What may stand between encoder and reader: buffers of Vert.x, TLS and both sockets. */
  private static final long MOST_UNREAD = 16L * 1024 * 1024;

  @TempDir Path folder;

  private static Event.Watched event(int number) {
    return new Event.Watched("title-" + number, AT, OptionalDouble.of(0.5), OptionalDouble.empty());
  }

  private static Export export(List<Event.Watched> history) {
    var profile =
        new Profile(
            history,
            List.of(new Event.Searched("space opera", AT)),
            Optional.empty(),
            Optional.of(new Document.Preferences(Map.of("Sci-Fi", 1.0), List.of())));
    var consented = new Consents.Decision(Set.of(Field.HISTORY), Optional.of(AT));
    return new Export(
        Optional.of(new ProfileView(profile, 7, AT)),
        new Consents(1, Map.of(Purpose.PERSONALIZATION, consented)),
        List.of("a.b.c"),
        List.of(
            new AccessLogEntry(
                LocalDate.EPOCH, "owner", Purpose.SELF, Set.of(Field.HISTORY), "disclosed", 2)),
        new RetentionRule(EVENTS, Duration.ofDays(365)),
        "a controller");
  }

  /** Events that exist only while they are looked at, and how many were. */
  private static List<Event.Watched> countedEvents(AtomicInteger made) {
    return new AbstractList<>() {
      @Override
      public Event.Watched get(int index) {
        made.incrementAndGet();
        return event(index);
      }

      @Override
      public int size() {
        return EVENTS;
      }
    };
  }

  @Test
  void readerThatIsSlowHoldsTheEncodingBack() throws Exception {
    var made = new AtomicInteger();
    var gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.ReadExport.class, read -> Outcome.done(export(countedEvents(made))));
    try (var socket =
        (SSLSocket)
            gateway.tls().getSocketFactory().createSocket("localhost", gateway.clientPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/export HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + TestTokens.withScope("profile:read")
                      + "\r\n\r\n")
                  .getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      var block = new byte[256 * 1024];
      long read = 0;
      int got = in.readNBytes(block, 0, block.length);
      var last = "";
      while (got > 0) {
        read += got;
        assertThat((long) made.get() * LEAST_BYTES - read)
            .as("bytes encoded and not read after " + read)
            .isLessThan(MOST_UNREAD);
        last = new String(block, 0, got, US_ASCII);
        got = in.readNBytes(block, 0, block.length);
      }
      assertThat(last).contains("\"rights\":").endsWith("0\r\n\r\n");
      assertThat(made).hasValue(EVENTS);
      assertThat(read).isGreaterThan(MOST_UNREAD);
    } finally {
      gateway.close();
    }
  }

  private static JsonNode joined(Export export, int mostBytesInPart) throws Exception {
    var parts = ExportText.parts(export);
    var all = Buffer.buffer();
    while (parts.hasNext()) {
      var part = parts.next();
      assertThat(part.length()).isLessThanOrEqualTo(mostBytesInPart);
      all.appendBuffer(part);
    }
    return new JsonMapper().readTree(all.getBytes());
  }

  @Test
  void pagesMakeOneDocumentWhateverTheirNumber() throws Exception {
    for (int events : new int[] {0, 1, 63, 64, 65, 128, 1_000}) {
      var history = IntStream.range(0, events).mapToObj(ExportStreamTest::event).toList();
      var json = joined(export(history), 16 * 1024);

      assertThat(json.at("/profile/fields").has("history")).isEqualTo(events > 0);
      assertThat(json.at("/profile/fields/history").size()).isEqualTo(events);
      assertThat(json.at("/profile/fields/searches/0/query").asText()).isEqualTo("space opera");
      assertThat(json.at("/profile/fields/preferences/genres/Sci-Fi").asInt()).isEqualTo(1);
      assertThat(json.at("/profile/version").asInt()).isEqualTo(7);
      assertThat(json.at("/receipts/0").asText()).isEqualTo("a.b.c");
      assertThat(json.at("/accessLog/0/count").asInt()).isEqualTo(2);
    }
  }

  @Test
  void personIsToldWhatTheLawAsksFor() throws Exception {
    var json = joined(export(List.of()), 16 * 1024);

    assertThat(json.at("/purposes/0").toString())
        .isEqualTo(
            "{\"purpose\":\"personalization\",\"description\":\"Rank titles for you.\","
                + "\"iri\":\"https://w3id.org/dpv#ProvidePersonalisedRecommendations\","
                + "\"basis\":\"consent\","
                + "\"legalBasis\":\"https://w3id.org/dpv/legal/eu/gdpr#A6-1-a\","
                + "\"categories\":[\"history\"]}");
    assertThat(json.at("/recipients/0/categories").toString()).isEqualTo("[\"history\"]");
    assertThat(json.at("/recipients/1/categories")).isEmpty();
    assertThat(json.at("/logic/profiling").asBoolean()).isTrue();
    assertThat(json.at("/logic/parts").findValuesAsText("part"))
        .containsExactly("popularity", "history", "searches", "preferences", "demographics");
    assertThat(json.get("controller").asText()).isEqualTo("a controller");
    assertThat(json.at("/rights").findValuesAsText("right"))
        .contains("access", "portability", "rectification", "erasure", "withdraw-consent");
  }
}
