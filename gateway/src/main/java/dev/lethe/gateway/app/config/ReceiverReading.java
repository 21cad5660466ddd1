package dev.lethe.gateway.app.config;

import dev.lethe.gateway.app.config.Config.NoticeTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list of those who are told of erasures and withdrawals. */
record ReceiverReading(ListEntry entry) {
  private static final Set<String> KEYS =
      Set.of("name", "url", "audience", "ca", "tokenFile", "retired");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  static List<NoticeTarget> receivers(Values values) {
    return ListEntry.each(
        values,
        InstanceSettings.RECEIVERS,
        KEYS,
        "name",
        NoticeTarget::name,
        entry -> new ReceiverReading(entry).read());
  }

  private NoticeTarget read() {
    var name = entry.required("name");
    if (!NAME.matcher(name).matches()) {
      throw entry.wrong("name", "must be 1 to 64 of A-Z, a-z, 0-9, dot, dash and underscore");
    }
    boolean retired = retired();
    var url = entry.text("url").map(this::address);
    if (url.isEmpty() && !retired) {
      throw entry.wrong("url", "is missing");
    }
    return new NoticeTarget(
        name,
        url,
        entry.text("audience").or(() -> url.map(URI::toString)).orElse(name),
        entry.file("ca"),
        entry.file("tokenFile").map(this::ownersAlone),
        retired);
  }

  private boolean retired() {
    return entry
        .value("retired")
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw entry.wrong("retired", "must be true or false");
              }
              return value.asBoolean();
            })
        .orElse(false);
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
      throw entry.wrong("url", "not a URI");
    }
    throw entry.wrong("url", "must be an https address without a user or fragment");
  }

  private Path ownersAlone(Path file) {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      if (!PosixFilePermissions.fromString("rw-------").containsAll(permissions)) {
        throw entry.wrong("tokenFile", "others may read " + file + ": chmod 600 it");
      }
      return file;
    } catch (IOException e) {
      throw entry.wrong("tokenFile", "the permissions of " + file + " cannot be read");
    }
  }
}
