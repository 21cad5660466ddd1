package dev.lethe.vault.notice;

import io.vertx.core.Future;

/** Notices that are stored, of an act that is about to happen. */
public interface Queued {
  /** Nobody is to be told. */
  Queued NOTHING =
      new Queued() {
        @Override
        public Future<Void> happened() {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> lapsed() {
          return Future.succeededFuture();
        }

        @Override
        public void failed(Throwable failure) {}
      };

  /** The act has happened; to be waited for before it is acknowledged. */
  Future<Void> happened();

  /** The act will never happen: nobody is told. */
  Future<Void> lapsed();

  /** The act has failed. Whether it has happened all the same, or will, has to turn out. */
  void failed(Throwable failure);

  /** One or the other. */
  default Future<Void> settle(boolean hasHappened) {
    return hasHappened ? happened() : lapsed();
  }
}
