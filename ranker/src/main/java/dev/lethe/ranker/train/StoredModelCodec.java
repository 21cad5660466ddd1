package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.Learned;
import dev.lethe.ranker.model.Taught;
import dev.lethe.ranker.model.TitleWeights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** A model as bytes; big-endian, as {@link java.io.DataOutput} writes it. */
final class StoredModelCodec {
  private static final byte FORMAT = 2;

  private StoredModelCodec() {}

  static byte[] encode(StoredModel model) {
    var taught = model.taught();
    var bytes = new ByteArrayOutputStream(1 << 16);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(model.number());
      out.writeLong(model.begun().toEpochMilli());
      out.writeInt(model.minPeople());
      blend(out, taught.blend());
      var learned = taught.learned();
      out.writeUTF(learned.version());
      out.writeInt(learned.titles().size());
      for (int title = 0; title < learned.titles().size(); title++) {
        out.writeUTF(learned.titles().get(title));
        out.writeDouble(learned.appeal()[title]);
      }
      learned.weights().write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Empty when it is of another format: then a model is learned anew. */
  static Optional<StoredModel> decode(byte[] encoded) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      long number = in.readLong();
      var begun = Instant.ofEpochMilli(in.readLong());
      int minPeople = in.readInt();
      var blend =
          new Blend(
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble());
      var version = in.readUTF();
      double[] appeal = new double[in.readInt()];
      var titles = new ArrayList<String>(appeal.length);
      for (int title = 0; title < appeal.length; title++) {
        titles.add(in.readUTF());
        appeal[title] = in.readDouble();
      }
      var learned = new Learned(version, titles, appeal, TitleWeights.read(in, appeal.length));
      return Optional.of(new StoredModel(number, begun, minPeople, new Taught(learned, blend)));
    }
  }

  private static void blend(DataOutputStream out, Blend blend) throws IOException {
    out.writeDouble(blend.popularity());
    out.writeDouble(blend.appeal());
    out.writeDouble(blend.likeness());
    out.writeDouble(blend.era());
    out.writeDouble(blend.together());
    out.writeDouble(blend.searches());
    out.writeDouble(blend.preferences());
  }
}
