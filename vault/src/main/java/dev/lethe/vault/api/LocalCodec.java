package dev.lethe.vault.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands every {@link BusMessage} on by reference. Messages are immutable, and none leaves this
 * process yet.
 */
public final class LocalCodec implements MessageCodec<BusMessage, BusMessage> {
  private static final String NAME = "lethe";

  private LocalCodec() {}

  /** To be called once for each Vert.x instance, before anything is sent. */
  public static void register(Vertx vertx) {
    vertx.eventBus().registerCodec(new LocalCodec());
    vertx.eventBus().codecSelector(body -> body instanceof BusMessage ? NAME : null);
  }

  @Override
  public void encodeToWire(Buffer buffer, BusMessage message) {
    throw new UnsupportedOperationException(
        message.getClass().getSimpleName() + " stays in this process");
  }

  @Override
  public BusMessage decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("messages stay in this process");
  }

  @Override
  public BusMessage transform(BusMessage message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
