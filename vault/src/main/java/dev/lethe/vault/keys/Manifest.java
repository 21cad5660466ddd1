package dev.lethe.vault.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lethe.vault.api.Rotation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public facts of a keystore as JSON; kept as one of its entries, so that they change together
 * with the keys.
 */
record Manifest(
    String installationId,
    boolean claimed,
    List<EpochInfo> epochs,
    List<RotationRecord> rotations) {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  Manifest(KeystoreContent content) {
    this(content.installationId(), content.claimed(), content.epochs(), content.rotations());
  }

  byte[] write() throws IOException {
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put("installationId", installationId).put("claimed", claimed);
    var epochArray = root.putArray("epochs");
    for (var epoch : epochs) {
      var node = epochArray.addObject();
      node.put("number", epoch.number())
          .put("state", epoch.state().name())
          .put("createdAt", epoch.createdAt().toString());
      epoch.destroyedAt().ifPresent(at -> node.put("destroyedAt", at.toString()));
    }
    var rotationArray = root.putArray("rotations");
    for (var rotation : rotations) {
      var node = rotationArray.addObject();
      node.put("id", rotation.id())
          .put("state", rotation.state().name())
          .put("reason", rotation.reason())
          .put("fromEpoch", rotation.fromEpoch())
          .put("toEpoch", rotation.toEpoch())
          .put("startedAt", rotation.startedAt().toString())
          .put("total", rotation.total())
          .put("done", rotation.done());
      rotation.completedAt().ifPresent(at -> node.put("completedAt", at.toString()));
    }
    return JSON.writeValueAsBytes(root);
  }

  static Manifest read(byte[] bytes) throws IOException {
    var root = JSON.readTree(bytes);
    if (root.path("format").asInt() != FORMAT) {
      throw new KeystoreException(
          "the keystore has format "
              + root.path("format").asText()
              + ", which this version of Lethe does not know");
    }
    var epochs = new ArrayList<EpochInfo>();
    for (var node : root.path("epochs")) {
      epochs.add(
          new EpochInfo(
              node.path("number").asInt(),
              EpochState.valueOf(node.path("state").asText()),
              Instant.parse(node.path("createdAt").asText()),
              instant(node, "destroyedAt")));
    }
    var rotations = new ArrayList<RotationRecord>();
    for (var node : root.path("rotations")) {
      rotations.add(
          new RotationRecord(
              node.path("id").asText(),
              Rotation.State.valueOf(node.path("state").asText()),
              node.path("reason").asText(),
              node.path("fromEpoch").asInt(),
              node.path("toEpoch").asInt(),
              Instant.parse(node.path("startedAt").asText()),
              instant(node, "completedAt"),
              node.path("total").asLong(),
              node.path("done").asLong()));
    }
    return new Manifest(
        root.path("installationId").asText(),
        root.path("claimed").asBoolean(),
        List.copyOf(epochs),
        List.copyOf(rotations));
  }

  private static Optional<Instant> instant(JsonNode node, String name) {
    return node.has(name) ? Optional.of(Instant.parse(node.path(name).asText())) : Optional.empty();
  }
}
