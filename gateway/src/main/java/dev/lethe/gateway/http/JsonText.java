package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/** Writes JSON. Instants are RFC 3339 in UTC with milliseconds. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String PATTERN = "yyyy-mm-ddThh:mm:ss.sssZ";

  private JsonText() {}

  /** One JSON value. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  public static Buffer of(Content content) {
    var text = Buffer.buffer();
    try (JsonGenerator json = FACTORY.createGenerator(into(text))) {
      content.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text;
  }

  private static OutputStream into(Buffer text) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        text.appendByte((byte) one);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        text.appendBytes(bytes, from, length);
      }
    };
  }

  /** Of the years 0 to 9999, which are all that come in. */
  public static String instant(Instant at) {
    var time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
    var text = new byte[PATTERN.length()];
    digits(text, 0, 4, time.getYear(), '-');
    digits(text, 5, 2, time.getMonthValue(), '-');
    digits(text, 8, 2, time.getDayOfMonth(), 'T');
    digits(text, 11, 2, time.getHour(), ':');
    digits(text, 14, 2, time.getMinute(), ':');
    digits(text, 17, 2, time.getSecond(), '.');
    digits(text, 20, 3, time.getNano() / 1_000_000, 'Z');
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int from, int count, int number, char sign) {
    int left = number;
    for (int at = from + count - 1; at >= from; at--) {
      text[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    text[from + count] = (byte) sign;
  }

  /** A member that is null when the value is absent. */
  public static void instant(JsonGenerator json, String name, Optional<Instant> at)
      throws IOException {
    if (at.isPresent()) {
      json.writeStringField(name, instant(at.get()));
    } else {
      json.writeNullField(name);
    }
  }

  public static void strings(JsonGenerator json, String name, Collection<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** Whole numbers come out as they went in, without a fraction. */
  public static void number(JsonGenerator json, String name, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
