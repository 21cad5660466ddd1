package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.gateway.app.config.Config.NoticeTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list of those who are told of erasures and withdrawals. */
final class ReceiverReading {
  private static final Set<String> KEYS =
      Set.of("name", "url", "audience", "ca", "tokenFile", "retired");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String at;
  private final Path folder;
  private final JsonNode node;

  private ReceiverReading(String at, Path folder, JsonNode node) {
    this.at = at;
    this.folder = folder;
    this.node = node;
  }

  static List<NoticeTarget> receivers(Values values) {
    if (values.list(Settings.RECEIVERS).isEmpty()) {
      return List.of();
    }
    JsonNode list = values.list(Settings.RECEIVERS).get();
    String at = values.fileName() + ": " + Settings.RECEIVERS;
    if (!list.isArray()) {
      throw new UsageException(at + ": must be a list");
    }
    var receivers = new ArrayList<NoticeTarget>();
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      String here = at + "[" + i + "]";
      var receiver = new ReceiverReading(here, values.fileFolder(), list.get(i)).read();
      if (!names.add(receiver.name())) {
        throw new UsageException(here + ".name: stands in the list twice");
      }
      receivers.add(receiver);
    }
    return List.copyOf(receivers);
  }

  private NoticeTarget read() {
    if (!node.isObject()) {
      throw new UsageException(at + ": must hold keys");
    }
    for (var member : node.properties()) {
      if (!KEYS.contains(member.getKey())) {
        throw new UsageException(at.replaceFirst(": ", ": unknown key ") + "." + member.getKey());
      }
    }
    var name = text("name").orElseThrow(() -> wrong("name", "is missing"));
    if (!NAME.matcher(name).matches()) {
      throw wrong("name", "must be 1 to 64 of A-Z, a-z, 0-9, dot, dash and underscore");
    }
    boolean retired = retired();
    Optional<URI> url = text("url").map(this::address);
    if (url.isEmpty() && !retired) {
      throw wrong("url", "is missing");
    }
    return new NoticeTarget(
        name,
        url,
        text("audience").or(() -> url.map(URI::toString)).orElse(name),
        text("ca").map(text -> file("ca", text)),
        text("tokenFile").map(this::tokenFile),
        retired);
  }

  private boolean retired() {
    JsonNode value = node.path("retired");
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong("retired", "must be true or false");
    }
    return value.asBoolean();
  }

  /** Whom a notice names is nobody else's to read: there is no way to have it sent in clear. */
  private URI address(String text) {
    try {
      URI uri = URI.create(text);
      if ("https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong("url", "not a URI");
    }
    throw wrong("url", "must be an https address without a user or fragment");
  }

  private Path file(String key, String text) {
    try {
      return Parsers.readableFile(text, folder);
    } catch (IllegalArgumentException e) {
      throw wrong(key, String.valueOf(e.getMessage()));
    }
  }

  private Path tokenFile(String text) {
    Path path = file("tokenFile", text);
    try {
      var permissions = Files.getPosixFilePermissions(path);
      if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
        throw wrong("tokenFile", "others may read " + path + ": chmod 600 it");
      }
      return path;
    } catch (IOException e) {
      throw wrong("tokenFile", "the permissions of " + path + " cannot be read");
    }
  }

  private Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(key, "must be a text");
    }
    return Optional.of(value.asText());
  }

  private UsageException wrong(String key, String what) {
    return new UsageException(at + "." + key + ": " + what);
  }
}
