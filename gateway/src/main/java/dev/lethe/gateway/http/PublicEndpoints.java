package dev.lethe.gateway.http;

import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What anybody may read: receipt keys, the contract, the GPC statement, a page. */
final class PublicEndpoints {
  private static final String PAGE =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Lethe</title>"
          + "<h1>Lethe</h1><p>A privacy gateway for personalisation."
          + " <a href=\"/openapi.json\">Interface</a>,"
          + " <a href=\"/.well-known/jwks.json\">receipt keys</a>.</p></html>\n";
  private static final String SHORT = "public, max-age=300";

  private final VaultClient vault;
  private final Buffer contract;

  PublicEndpoints(VaultClient vault, Buffer contract) {
    this.vault = vault;
    this.contract = contract;
  }

  /** The OpenAPI document; blocks, so not for an event loop. */
  static Buffer contract() {
    try (var in = PublicEndpoints.class.getResourceAsStream("/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.open(
            "readReceiptKeys", HttpMethod.GET, "/.well-known/jwks.json", this::receiptKeys),
        fixed("readContract", "/openapi.json", "application/json", contract),
        fixed(
            "readGpcStatement",
            "/.well-known/gpc.json",
            "application/json",
            Buffer.buffer("{\"gpc\":true,\"lastUpdate\":\"2026-11-24\"}")),
        fixed("readPage", "/", "text/html; charset=utf-8", Buffer.buffer(PAGE)));
  }

  private static Endpoint fixed(String operation, String path, String mediaType, Buffer body) {
    Reply reply = Reply.of(200, mediaType, body).with("Cache-Control", SHORT);
    return Endpoint.open(
        operation, HttpMethod.GET, path, exchange -> Future.succeededFuture(reply));
  }

  private Future<Reply> receiptKeys(Exchange exchange) {
    return Outcomes.reply(
        vault.<String>ask(new VaultRequest.ReadReceiptKeys(exchange.deadline())),
        keys ->
            Reply.of(200, "application/jwk-set+json", Buffer.buffer(keys))
                .with("Cache-Control", SHORT));
  }
}
