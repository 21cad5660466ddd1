package dev.lethe.vault.profile;

import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Document.Preferences;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Event.Searched;
import dev.lethe.vault.api.Event.Watched;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * The plaintext of segments and documents: a format byte, then the values in order, big-endian,
 * texts as modified UTF-8.
 */
final class ProfileCodec {
  private static final int FORMAT = 1;

  private ProfileCodec() {}

  static byte[] encode(List<? extends Event> events) {
    return Binary.write(
        out -> {
          out.writeByte(FORMAT);
          out.writeInt(events.size());
          for (var event : events) {
            out.writeLong(event.at().toEpochMilli());
            if (event instanceof Watched watched) {
              out.writeUTF(watched.item());
              write(out, watched.progress());
              write(out, watched.rating());
            } else if (event instanceof Searched searched) {
              out.writeUTF(searched.query());
            }
          }
        });
  }

  static List<Watched> decodeWatched(byte[] bytes) {
    return decodeEvents(
        bytes, (in, at) -> new Watched(in.readUTF(), at, readNumber(in), readNumber(in)));
  }

  static List<Searched> decodeSearched(byte[] bytes) {
    return decodeEvents(bytes, (in, at) -> new Searched(in.readUTF(), at));
  }

  private static <E> List<E> decodeEvents(
      byte[] bytes, BiFunction<BinaryInput, Instant, E> decoding) {
    return Binary.read(
        bytes,
        in -> {
          Binary.expectFormat(in, FORMAT);
          int size = in.readInt();
          var events = new ArrayList<E>(size);
          for (int i = 0; i < size; i++) {
            events.add(decoding.apply(in, Instant.ofEpochMilli(in.readLong())));
          }
          return events;
        });
  }

  static byte[] encode(Document document) {
    return Binary.write(
        out -> {
          out.writeByte(FORMAT);
          if (document instanceof Demographics demographics) {
            write(out, demographics.ageBand());
            write(out, demographics.region());
            write(out, demographics.language());
          } else if (document instanceof Preferences preferences) {
            out.writeInt(preferences.genres().size());
            for (var genre : preferences.genres().entrySet()) {
              out.writeUTF(genre.getKey());
              out.writeDouble(genre.getValue());
            }
            out.writeInt(preferences.muted().size());
            for (var item : preferences.muted()) {
              out.writeUTF(item);
            }
          }
        });
  }

  static Demographics decodeDemographics(byte[] bytes) {
    return Binary.read(
        bytes,
        in -> {
          Binary.expectFormat(in, FORMAT);
          return new Demographics(readText(in), readText(in), readText(in));
        });
  }

  static Preferences decodePreferences(byte[] bytes) {
    return Binary.read(
        bytes,
        in -> {
          Binary.expectFormat(in, FORMAT);
          int genres = in.readInt();
          var weights = new LinkedHashMap<String, Double>();
          for (int i = 0; i < genres; i++) {
            weights.put(in.readUTF(), in.readDouble());
          }
          int size = in.readInt();
          var muted = new ArrayList<String>(size);
          for (int i = 0; i < size; i++) {
            muted.add(in.readUTF());
          }
          return new Preferences(weights, muted);
        });
  }

  private static void write(DataOutput out, OptionalDouble number) throws IOException {
    out.writeDouble(number.orElse(Double.NaN));
  }

  private static OptionalDouble readNumber(BinaryInput in) {
    double number = in.readDouble();
    return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private static void write(DataOutput out, Optional<String> text) throws IOException {
    out.writeUTF(text.orElse(""));
  }

  private static Optional<String> readText(BinaryInput in) {
    return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
  }
}
