package dev.lethe.vault.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a keystore as JSON, keys in base64: one text, so that all of it changes at once.
 */
final class ContentCodec {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ContentCodec() {}

  static byte[] encode(KeystoreContent content) throws IOException {
    var root = JSON.createObjectNode();
    root.put("format", FORMAT)
        .put("generation", content.generation())
        .put("installationId", content.installationId())
        .put("claimed", content.claimed())
        .put("receiptKey", content.receiptKey());
    put(root, "pepper", content.pepper());
    var epochs = root.putArray("epochs");
    for (var epoch : content.epochs()) {
      var node = epochs.addObject();
      node.put("number", epoch.number())
          .put("state", epoch.state().name())
          .put("createdAt", epoch.createdAt().toString());
      epoch.destroyedAt().ifPresent(at -> node.put("destroyedAt", at.toString()));
      var keys = node.putObject("keys");
      content
          .epochKeys()
          .getOrDefault(epoch.number(), Map.of())
          .forEach((purpose, key) -> put(keys, purpose.name(), key));
    }
    var rotations = root.putArray("rotations");
    content.rotations().forEach(rotation -> write(rotation, rotations.addObject()));
    return JSON.writeValueAsBytes(root);
  }

  private static void put(ObjectNode node, String name, KeyBytes key) {
    key.export(bytes -> node.put(name, bytes.clone()));
  }

  private static void write(RotationRecord rotation, ObjectNode node) {
    node.put("id", rotation.id())
        .put("state", rotation.state().name())
        .put("reason", rotation.reason())
        .put("fromEpoch", rotation.fromEpoch())
        .put("toEpoch", rotation.toEpoch())
        .put("startedAt", rotation.startedAt().toString())
        .put("total", rotation.total())
        .put("done", rotation.done())
        .put("rekey", rotation.rekey());
    rotation.pausedUntil().ifPresent(at -> node.put("pausedUntil", at.toString()));
    rotation.completedAt().ifPresent(at -> node.put("completedAt", at.toString()));
  }

  static KeystoreContent decode(byte[] bytes) throws IOException {
    return decode(bytes, true);
  }

  /** What was written without the keys of epochs. */
  static KeystoreContent decodeWithoutKeys(byte[] bytes) throws IOException {
    return decode(bytes, false);
  }

  private static KeystoreContent decode(byte[] bytes, boolean withKeys) throws IOException {
    var root = JSON.readTree(bytes);
    if (root.path("format").asInt() != FORMAT) {
      throw new KeystoreException(
          "the keystore has format "
              + root.path("format").asText()
              + ", which this version of Lethe does not know; use the version that wrote it");
    }
    var epochs = new ArrayList<EpochInfo>();
    var epochKeys = new HashMap<Integer, Map<Purpose, KeyBytes>>();
    for (var node : root.path("epochs")) {
      var epoch =
          new EpochInfo(
              node.path("number").asInt(),
              EpochState.valueOf(node.path("state").asText()),
              Instant.parse(node.path("createdAt").asText()),
              instant(node, "destroyedAt"));
      epochs.add(epoch);
      if (withKeys && epoch.state() != EpochState.DESTROYED) {
        epochKeys.put(epoch.number(), keys(node.path("keys")));
      }
    }
    var rotations = new ArrayList<RotationRecord>();
    for (var node : root.path("rotations")) {
      rotations.add(rotation(node));
    }
    return new KeystoreContent(
        root.path("generation").asLong(),
        root.path("installationId").asText(),
        root.path("claimed").asBoolean(),
        KeyBytes.copyOf(root.path("pepper").binaryValue()),
        root.path("receiptKey").binaryValue(),
        List.copyOf(epochs),
        Map.copyOf(epochKeys),
        List.copyOf(rotations));
  }

  private static Map<Purpose, KeyBytes> keys(JsonNode node) throws IOException {
    var keys = new EnumMap<Purpose, KeyBytes>(Purpose.class);
    for (var purpose : Purpose.values()) {
      keys.put(purpose, KeyBytes.copyOf(node.path(purpose.name()).binaryValue()));
    }
    return keys;
  }

  private static RotationRecord rotation(JsonNode node) {
    return new RotationRecord(
        node.path("id").asText(),
        Rotation.State.valueOf(node.path("state").asText()),
        node.path("reason").asText(),
        node.path("fromEpoch").asInt(),
        node.path("toEpoch").asInt(),
        Instant.parse(node.path("startedAt").asText()),
        instant(node, "completedAt"),
        node.path("total").asLong(),
        node.path("done").asLong(),
        node.path("rekey").asBoolean(),
        instant(node, "pausedUntil"));
  }

  private static Optional<Instant> instant(JsonNode node, String name) {
    return node.has(name) ? Optional.of(Instant.parse(node.path(name).asText())) : Optional.empty();
  }
}
