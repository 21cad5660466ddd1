package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * JSON made part by part, each only when it is asked for: of a long array no more than a page is
 * ever encoded and not yet sent.
 */
final class JsonParts {
  /** Elements of an array in one part. */
  static final int PAGE = 64;

  /** One element of an array. */
  @FunctionalInterface
  interface Element<T> {
    void writeTo(JsonGenerator json, T element) throws IOException;
  }

  private JsonParts() {}

  /** One value in one part. */
  static Iterator<Buffer> value(JsonText.Content content) {
    return parts(List.<Supplier<Buffer>>of(() -> JsonText.of(content)).iterator());
  }

  static <T> Iterator<Buffer> array(List<T> elements, Element<? super T> element) {
    return new Iterator<>() {
      private int next;
      private boolean ended;

      @Override
      public boolean hasNext() {
        return !ended;
      }

      @Override
      public Buffer next() {
        if (ended) {
          throw new NoSuchElementException();
        }
        int from = next;
        next = Math.min(from + PAGE, elements.size());
        ended = next == elements.size();
        var page = JsonText.of(json -> write(json, elements.subList(from, next), element));
        // Without the brackets of a page: they are those of the whole.
        return Buffer.buffer(from == 0 ? "[" : ",")
            .appendBuffer(page.slice(1, page.length() - 1))
            .appendString(ended ? "]" : "");
      }
    };
  }

  private static <T> void write(JsonGenerator json, List<T> page, Element<? super T> element)
      throws IOException {
    json.writeStartArray();
    for (T one : page) {
      element.writeTo(json, one);
    }
    json.writeEndArray();
  }

  /**
   * @param members in their order; names that need no escaping
   */
  static Iterator<Buffer> object(Map<String, Iterator<Buffer>> members) {
    var all = new ArrayList<Iterator<Buffer>>();
    var before = "{";
    for (var member : members.entrySet()) {
      all.add(text(before + "\"" + member.getKey() + "\":"));
      all.add(member.getValue());
      before = ",";
    }
    all.add(text(members.isEmpty() ? "{}" : "}"));
    return concat(all.iterator());
  }

  /** An array of elements that are made part by part themselves. */
  static Iterator<Buffer> list(List<Iterator<Buffer>> elements) {
    var all = new ArrayList<Iterator<Buffer>>();
    var before = "[";
    for (var element : elements) {
      all.add(text(before));
      all.add(element);
      before = ",";
    }
    all.add(text(elements.isEmpty() ? "[]" : "]"));
    return concat(all.iterator());
  }

  private static Iterator<Buffer> text(String text) {
    return List.of(Buffer.buffer(text)).iterator();
  }

  private static Iterator<Buffer> parts(Iterator<Supplier<Buffer>> suppliers) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return suppliers.hasNext();
      }

      @Override
      public Buffer next() {
        return suppliers.next().get();
      }
    };
  }

  private static Iterator<Buffer> concat(Iterator<Iterator<Buffer>> all) {
    return new Iterator<>() {
      private Iterator<Buffer> present = List.<Buffer>of().iterator();

      @Override
      public boolean hasNext() {
        while (!present.hasNext() && all.hasNext()) {
          present = all.next();
        }
        return present.hasNext();
      }

      @Override
      public Buffer next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return present.next();
      }
    };
  }
}
