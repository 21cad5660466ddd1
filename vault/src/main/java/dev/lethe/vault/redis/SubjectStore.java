package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Subjects in Redis, each in one hash under its pseudonym, changed only by scripts. All of a
 * subject's keys share a cluster slot. Values are sealed before they come here. Every future fails
 * with {@link RedisUnavailableException} while Redis is away or does not answer in time; whether
 * the command took effect is then unknown.
 */
public final class SubjectStore {
  private static final LuaScript ERASE = LuaScript.resource("erase.lua");
  private static final int ESTIMATE_SAMPLE = 1_000;

  private final Commands redis;
  private final Vertx vertx;

  public SubjectStore(RedisLanes lanes) {
    this(lanes, lanes.vertx());
  }

  SubjectStore(Commands redis, Vertx vertx) {
    this.redis = redis;
    this.vertx = vertx;
  }

  /** What stands of a subject; empty when there was never anything. */
  public Future<Optional<StoredSubject>> read(String pseudonym) {
    return read(Place.of(pseudonym));
  }

  /** What stands at a place. */
  public Future<Optional<StoredSubject>> read(Place place) {
    return redis.send(Request.cmd(Command.HGETALL).arg(place.hash())).map(StoredSubject::parse);
  }

  /** The same with no more than some of the fields, for who needs no others. */
  public Future<Optional<StoredSubject>> read(Place place, Collection<String> fields) {
    var names = new ArrayList<>(StoredSubject.RESERVED);
    names.addAll(fields);
    var request = Request.cmd(Command.HMGET).arg(place.hash());
    names.forEach(request::arg);
    return redis.send(request).map(reply -> StoredSubject.parse(names, reply));
  }

  /** Sends in one write what is read of some fields while something runs on this event loop. */
  public <T> T together(Supplier<T> sending) {
    return redis.together(sending);
  }

  /**
   * Which run of the server is asked now; to be noted before reading what a change will rest on.
   */
  public long server() {
    return redis.server();
  }

  /**
   * Makes a change if the subject is still what it was, on the run of the server that it was read
   * from: another one may hold the same stamp with other content.
   */
  public Future<ChangeResult> change(String pseudonym, Change change, long server) {
    return change(Place.of(pseudonym), change, server);
  }

  /** The same at any place. */
  public Future<ChangeResult> change(Place place, Change change, long server) {
    if (server != redis.server()) {
      return Future.succeededFuture(new ChangeResult.Lost());
    }
    return ChangeScript.run(redis, place, change);
  }

  /**
   * Erases everything of a subject up to a life and leaves a tombstone; what was put aside of that
   * life goes too. Repeating it with the same id gives the same answer. Records of idempotency
   * expire by themselves.
   *
   * @param erasedAt seconds since the Unix epoch
   * @param onlyAt version at which alone it is done
   */
  public Future<EraseResult> erase(
      String pseudonym,
      long life,
      String erasureId,
      long erasedAt,
      byte[] tokenDigest,
      OptionalLong onlyAt) {
    return ERASE
        .run(
            redis,
            HoldStore.keys(pseudonym, life),
            List.of(
                bytes(life),
                bytes(erasureId),
                bytes(erasedAt),
                tokenDigest,
                onlyAt.isPresent() ? bytes(onlyAt.getAsLong()) : new byte[0]))
        .map(
            reply ->
                switch (reply.get(0).toString()) {
                  case "gone" -> new EraseResult.Gone();
                  case "changed" -> new EraseResult.Changed();
                  default ->
                      new EraseResult.Erased(
                          Integer.parseInt(reply.get(1).toString()),
                          Long.parseLong(reply.get(2).toString()));
                });
  }

  /** The value of an idempotency record. */
  public Future<Optional<byte[]>> idempotency(String pseudonym, String suffix) {
    return redis
        .send(Request.cmd(Command.GET).arg(Place.of(pseudonym).idempotencyRecord(suffix)))
        .map(reply -> Optional.ofNullable(reply).map(Response::toBytes));
  }

  /**
   * One step of a pass over all subjects, the erased ones and what is put aside for a hold
   * included.
   *
   * @param cursor {@link ScanPage#START} or that of the page before
   * @param count roughly how many keys to look at
   */
  public Future<ScanPage> scan(String cursor, int count) {
    return redis
        .send(
            Request.cmd(Command.SCAN)
                .arg(cursor)
                .arg("MATCH")
                .arg(Place.PREFIX + "*")
                .arg("COUNT")
                .arg(count))
        .map(ScanPage::of);
  }

  /** About how many subjects there are, the erased ones included: a sample, scaled. */
  public Future<Long> subjects() {
    return redis
        .send(Request.cmd(Command.SCAN).arg("0").arg("COUNT").arg(ESTIMATE_SAMPLE))
        .compose(
            sample -> {
              var keys = sample.get(1);
              var subjects =
                  keys.stream().filter(key -> key.toString().startsWith(Place.PREFIX)).count();
              return sample.get(0).toString().equals(ScanPage.START) || keys.size() == 0
                  ? Future.succeededFuture(subjects)
                  : redis
                      .send(Request.cmd(Command.DBSIZE))
                      .map(all -> Math.round((double) all.toLong() * subjects / keys.size()));
            });
  }

  /** The epoch under which the grants of a place are sealed; empty when there are none. */
  public Future<OptionalInt> epochOf(Place place) {
    return redis
        .send(Request.cmd(Command.HMGET).arg(place.hash()).arg(StoredSubject.EPOCH))
        .map(
            reply ->
                reply.get(0) == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(reply.get(0).toString())));
  }

  /** {@link #epochOf} of many, in their order. */
  public Future<List<OptionalInt>> epochs(List<Place> places) {
    return together(() -> Future.all(places.stream().map(this::epochOf).toList()))
        .map(all -> all.list());
  }

  /**
   * Makes sure that all that a run of the server holds by now is on its disk. Fails when that
   * cannot be shown; with {@link RewriteRefusedException} when it never will, as it is set up.
   */
  public Future<Void> ensureDurable(String runId) {
    return new Durability(redis, vertx).ensure(runId);
  }

  /**
   * Rewrites the append-only file, beginning now, and waits for the end: what was removed before is
   * then no longer in it, and the file before is not kept. Fails when the server cannot or does not
   * within ten minutes; with {@link RewriteRefusedException} when it never will, as it is set up.
   */
  public Future<Void> purge() {
    return new AofRewrite(redis, vertx).runAndRemove();
  }

  /** Identity of the server's run. */
  public Future<String> runId() {
    return ServerInfo.read(redis, "server").map(info -> info.text("run_id"));
  }

  /** The access logs of the same subjects. */
  public AccessLogStore accessLogs() {
    return new AccessLogStore(redis);
  }

  /** Whom the same Redis belongs to. */
  public InstallationStore installations() {
    return new InstallationStore(redis);
  }

  /** What the same Redis knows of the files outside it. */
  public HeadStore heads() {
    return new HeadStore(redis);
  }

  /** Which nodes use the same Redis. */
  public NodeStore nodes() {
    return new NodeStore(redis);
  }

  /** Puts people aside in the same Redis. */
  public HoldStore holds() {
    return new HoldStore(redis);
  }
}
