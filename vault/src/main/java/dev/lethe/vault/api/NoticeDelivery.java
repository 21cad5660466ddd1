package dev.lethe.vault.api;

import io.vertx.core.Future;
import java.util.List;

/** Brings notices to their receivers, by whatever protocol. */
public interface NoticeDelivery {
  /** Nobody is to be told anything. */
  NoticeDelivery NONE =
      new NoticeDelivery() {
        @Override
        public List<NoticeReceiver> receivers() {
          return List.of();
        }

        @Override
        public Future<Answer> deliver(String receiver, String token) {
          return Future.succeededFuture(new Answer.Again("there is no such receiver"));
        }
      };

  /** Everybody who is to be told; their names differ. */
  List<NoticeReceiver> receivers();

  /**
   * Tries once.
   *
   * @param token a Security Event Token (RFC 8417), compact
   * @return an answer; a failed future counts as {@link Answer.Again}
   */
  Future<Answer> deliver(String receiver, String token);

  /** What came of a try. */
  sealed interface Answer {
    /** The receiver has taken it over. */
    record Acknowledged() implements Answer {}

    /**
     * The receiver will never take it.
     *
     * @param error the code it gave (RFC 8935, section 2.4)
     */
    record Refused(String error) implements Answer {}

    /**
     * Not this time.
     *
     * @param why for the log; nothing personal and no address
     */
    record Again(String why) implements Answer {}
  }
}
