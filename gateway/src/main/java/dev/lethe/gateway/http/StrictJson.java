package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as RFC 8259 has it and nothing laxer: UTF-8, no member twice, nothing after the value.
 * Two readers of a lax text may see two different things.
 */
public final class StrictJson {
  /** Stops texts that are all brackets. */
  private static final int MAX_DEPTH = 16;

  private static final char REPLACEMENT = '\uFFFD';

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /** The value, or a {@link ProblemException} with status 400. */
  public static JsonNode parse(Buffer body) {
    var text = decode(body.getBytes());
    if (text.isBlank()) {
      throw Problem.syntax("The body is empty.").asException();
    }
    try {
      return READER.readValue(text);
    } catch (JsonProcessingException malformed) {
      // Its message quotes the body.
      throw Problem.syntax("The body is not well-formed JSON, or has a member twice.")
          .asException();
    }
  }

  private static String decode(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    // What is no UTF-8 has become this character: only a text that has it may be malformed.
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(bytes);
  }

  private static String decodeStrictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Problem.syntax("The body is not UTF-8.").asException();
    }
  }
}
