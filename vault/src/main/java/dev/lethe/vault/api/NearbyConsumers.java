package dev.lethe.vault.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.shareddata.LocalMap;

/**
 * Consumers of one address on several event loops, of which each is asked first by who is on its
 * own: the request then goes from its socket to Redis and back on one thread. The bus alone takes
 * them in turns, and most requests would wake two or three threads more.
 */
public final class NearbyConsumers {
  private static final String KNOWN = "lethe.nearby";

  private NearbyConsumers() {}

  /**
   * Consumes at an address, from everywhere and from this event loop. To be called by a verticle as
   * it starts.
   */
  public static <T> Future<Void> consume(
      Vertx vertx, MessageConsumerOptions options, Handler<Message<T>> handler) {
    var near = near(options.getAddress());
    var everywhere = vertx.eventBus().consumer(options, handler).completion();
    return everywhere
        .compose(
            registered ->
                vertx
                    .eventBus()
                    .consumer(
                        new MessageConsumerOptions(options).setAddress(near).setLocalOnly(true),
                        handler)
                    .completion())
        .onSuccess(registered -> known(vertx).put(near, true));
  }

  /** The address of the consumer on the caller's event loop, or else the one of all. */
  public static String nearest(Vertx vertx, String address) {
    if (!Context.isOnEventLoopThread()) {
      return address;
    }
    var near = near(address);
    return known(vertx).containsKey(near) ? near : address;
  }

  private static LocalMap<String, Boolean> known(Vertx vertx) {
    return vertx.sharedData().getLocalMap(KNOWN);
  }

  /** Threads of event loops have names of their own within a Vert.x instance. */
  private static String near(String address) {
    return address + "@" + Thread.currentThread().getName();
  }
}
