package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.config.ConfigReading;
import dev.lethe.gateway.app.config.Settings;
import dev.lethe.gateway.app.config.UsageException;
import java.util.List;
import java.util.Set;

/** Prints a token for trying things out. */
final class TokenCommand implements Command.Action {
  private static final int LONGEST_SUBJECT = 256;
  private static final Set<String> SCOPES =
      Set.of(
          "profile:read",
          "profile:write",
          "consent",
          "rank",
          "erase",
          "admin:keys",
          "admin:subjects",
          "admin:audit",
          "admin:catalog");

  @Override
  public int run(Invocation invocation) {
    var values = invocation.values();
    String subject = values.require(Settings.SUB);
    if (subject.codePointCount(0, subject.length()) > LONGEST_SUBJECT) {
      throw new UsageException("--sub: must be 1 to " + LONGEST_SUBJECT + " characters");
    }
    var scopes = List.of(values.require(Settings.SCOPE).strip().split("\\s+", -1));
    for (var scope : scopes) {
      if (!SCOPES.contains(scope)) {
        throw new UsageException("--scope: unknown scope " + scope);
      }
    }
    var config = ConfigReading.config(values, invocation.home());
    if (!config.issuers().isEmpty()) {
      throw new UsageException("token: issuers are configured, so there is no development issuer");
    }
    invocation
        .out()
        .println(
            DevIssuer.open(config.data(), invocation.clock())
                .token(subject, String.join(" ", scopes), values.require(Settings.TTL)));
    return Command.DONE;
  }
}
