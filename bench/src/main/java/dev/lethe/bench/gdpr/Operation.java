package dev.lethe.bench.gdpr;

import dev.lethe.bench.edge.Viewers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** What GDPRbench asks of a store, as calls of the interface of Lethe. */
enum Operation {
  CREATE_RECORD("POST /v1/profile/history/events, then PUT /v1/consents/personalization") {
    @Override
    Future<?> ask(Session session) {
      var token = session.newcomer();
      return session
          .json(
              HttpMethod.POST, HISTORY + "/events", token, Viewers.watchedRequest(session.title()))
          .compose(stored -> agree(session, token))
          .onSuccess(agreed -> session.joined(token));
    }
  },

  DELETE_RECORD("DELETE /v1/profile") {
    @Override
    Future<?> ask(Session session) {
      return session
          .call(HttpMethod.DELETE, "/v1/profile", session.leaver())
          .onSuccess(session::erased);
    }
  },

  UPDATE_METADATA("PUT /v1/consents/personalization") {
    @Override
    Future<?> ask(Session session) {
      return agree(session, session.token(session.person()));
    }
  },

  READ_DATA_BY_USER("GET /v1/profile") {
    @Override
    Future<?> ask(Session session) {
      return session.call(HttpMethod.GET, "/v1/profile", session.token(session.person()));
    }
  },

  READ_METADATA("GET /v1/consents") {
    @Override
    Future<?> ask(Session session) {
      return session.call(HttpMethod.GET, "/v1/consents", session.token(session.person()));
    }
  },

  UPDATE_DATA("PUT /v1/profile/preferences") {
    @Override
    Future<?> ask(Session session) {
      return session.json(
          HttpMethod.PUT,
          "/v1/profile/preferences",
          session.token(session.person()),
          Buffer.buffer("{\"genres\":{\"Drama\":0.5},\"muted\":[\"" + session.title() + "\"]}"));
    }
  },

  DELETE_DATA("DELETE /v1/profile/history?item=") {
    @Override
    Future<?> ask(Session session) {
      int person = session.person();
      return session.call(
          HttpMethod.DELETE, HISTORY + "?item=" + Viewers.newestOf(person), session.token(person));
    }
  },

  READ_DATA_FOR_PURPOSE("POST /v1/rank") {
    @Override
    Future<?> ask(Session session) {
      return session.json(
          HttpMethod.POST,
          "/v1/rank",
          session.token(session.person()),
          Viewers.rankRequest(List.of(session.title())));
    }
  },

  GET_SYSTEM_LOGS("GET /admin/v1/audit") {
    @Override
    Future<?> ask(Session session) {
      return session.logs();
    }
  },

  VERIFY_DELETION("GET /v1/erasures/{erasureId}") {
    @Override
    Future<?> ask(Session session) {
      return session.call(HttpMethod.GET, "/v1/erasures/" + session.erasure(), session.token(0));
    }
  };

  private static final String HISTORY = "/v1/profile/history";

  /**
   * What has no call, and why: said with the figures, so that nobody takes the rest for the whole.
   */
  static final List<String> REFUSED =
      List.of(
          "read-data-by-{purpose, objection, decision}: nobody reads profiles across people; a"
              + " purpose is shown one person's fields at a time",
          "update-metadata-by-{purpose, user, sharing} of many: a consent is the person's own"
              + " decision, and theirs alone",
          "delete-record-by-{purpose, expiry}: what is past retention is not shown to anybody and"
              + " goes without being asked for");

  private final String calls;

  Operation(String calls) {
    this.calls = calls;
  }

  /** The calls that it is. */
  String calls() {
    return calls;
  }

  /** Whether a store that records nothing can answer it. */
  boolean needsLog() {
    return this == GET_SYSTEM_LOGS;
  }

  abstract Future<?> ask(Session session);

  private static Future<Buffer> agree(Session session, String token) {
    return session.json(
        HttpMethod.PUT,
        "/v1/consents/personalization",
        token,
        Buffer.buffer(
            session.random().nextBoolean()
                ? "{\"fields\":[\"history\"]}"
                : "{\"fields\":[\"history\",\"preferences\"]}"));
  }
}
