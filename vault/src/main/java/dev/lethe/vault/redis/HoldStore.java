package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Erases people who are under a legal hold: what was stored of them is put aside. */
public final class HoldStore {
  private static final LuaScript WITHHOLD = LuaScript.resource("withhold.lua");

  private final Commands redis;

  HoldStore(Commands redis) {
    this.redis = redis;
  }

  /**
   * Leaves a tombstone, as {@link SubjectStore#erase} does, and moves what is stored to the {@link
   * Place} of the erased life. Repeating it changes nothing.
   *
   * @param erasedAt seconds since the Unix epoch
   * @param onlyAt version at which alone it is done
   * @param from the first life that the hold covers: an earlier one, brought back by a restored
   *     copy, is not put aside
   * @param drop names of the grants that are not put aside
   */
  public Future<EraseResult> withhold(
      String pseudonym,
      long life,
      String erasureId,
      long erasedAt,
      byte[] tokenDigest,
      OptionalLong onlyAt,
      long from,
      List<String> drop) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(life));
    arguments.add(bytes(erasureId));
    arguments.add(bytes(erasedAt));
    arguments.add(tokenDigest);
    arguments.add(onlyAt.isPresent() ? bytes(onlyAt.getAsLong()) : new byte[0]);
    arguments.add(bytes(from));
    drop.forEach(name -> arguments.add(bytes(name)));
    return WITHHOLD
        .run(redis, keys(pseudonym, life), arguments)
        .map(
            reply ->
                switch (reply.get(0).toString()) {
                  case "gone" -> new EraseResult.Gone();
                  case "changed" -> new EraseResult.Changed();
                  case "withheld" -> new EraseResult.Withheld();
                  default -> throw new IllegalStateException("withhold.lua answers nonsense");
                });
  }

  /** The keys of a person, and of what the erasure of a life puts aside. */
  static List<String> keys(String pseudonym, long life) {
    var living = Place.of(pseudonym);
    var held = Place.held(pseudonym, life);
    return List.of(living.hash(), living.accessLog(), held.hash(), held.accessLog());
  }
}
