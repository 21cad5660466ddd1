package dev.lethe.bench.plain;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.redis.RedisLanes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * People in Redis: a hash each, with a version, the time of the last change and whatever is stored
 * of them; sets of who agreed to a purpose; and a key for each erasure.
 */
final class PlainStore {
  static final String VERSION = "version";
  static final String UPDATED_AT = "updatedAt";

  private final RedisLanes redis;

  PlainStore(RedisLanes redis) {
    this.redis = redis;
  }

  private static String key(SubjectRef person) {
    return "p:" + person.issuer() + " " + person.subject();
  }

  private static String index(Purpose purpose) {
    return "purpose:" + purpose.wireName();
  }

  private static String erasure(String id) {
    return "erasure:" + id;
  }

  /** Everything, of whoever it is. */
  Future<StoredPerson> read(SubjectRef person) {
    return redis.send(Request.cmd(Command.HGETALL).arg(key(person))).map(PlainStore::stored);
  }

  private static StoredPerson stored(Response reply) {
    var hash = new HashMap<String, byte[]>();
    for (var name : reply.getKeys()) {
      hash.put(name, reply.get(name).toBytes());
    }
    return new StoredPerson(hash);
  }

  /** Sets one field of the hash; answers the new version. */
  Future<Long> put(SubjectRef person, String name, byte[] value, long now) {
    var set =
        redis.send(
            Request.cmd(Command.HSET)
                .arg(key(person))
                .arg(name)
                .arg(value)
                .arg(UPDATED_AT)
                .arg(now));
    return counted(person).compose(version -> set.map(version));
  }

  /** Replaces some fields of the hash and removes others. */
  Future<Long> replace(
      SubjectRef person, Map<String, byte[]> changed, List<String> removed, long now) {
    var set = Request.cmd(Command.HSET).arg(key(person)).arg(UPDATED_AT).arg(now);
    changed.forEach((name, value) -> set.arg(name).arg(value));
    var done = redis.send(set);
    if (!removed.isEmpty()) {
      var remove = Request.cmd(Command.HDEL).arg(key(person));
      removed.forEach(remove::arg);
      done = Future.all(done, redis.send(remove)).mapEmpty();
    }
    var changes = done;
    return counted(person).compose(version -> changes.map(version));
  }

  private Future<Long> counted(SubjectRef person) {
    return redis
        .send(Request.cmd(Command.HINCRBY).arg(key(person)).arg(VERSION).arg(1))
        .map(Response::toLong);
  }

  /** Adds a person to those who agreed to a purpose, or takes them out. */
  Future<Void> index(SubjectRef person, Purpose purpose, boolean agreed) {
    return redis
        .send(
            Request.cmd(agreed ? Command.SADD : Command.SREM).arg(index(purpose)).arg(key(person)))
        .mapEmpty();
  }

  /** Removes a person; whether there was one. */
  Future<Boolean> erase(SubjectRef person, String id, long now) {
    var gone = redis.send(Request.cmd(Command.UNLINK).arg(key(person))).map(Response::toLong);
    return Future.all(
            index(person, Purpose.PERSONALIZATION, false),
            index(person, Purpose.TRAINING, false),
            redis.send(Request.cmd(Command.SET).arg(erasure(id)).arg(now)))
        .compose(rest -> gone)
        .map(number -> number > 0);
  }

  /** When an erasure took place. */
  Future<Optional<Long>> erasedAt(String id) {
    return redis
        .send(Request.cmd(Command.GET).arg(erasure(id)))
        .map(reply -> Optional.ofNullable(reply).map(Response::toLong));
  }
}
