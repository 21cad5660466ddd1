package dev.lethe.vault.notice;

import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeReceiver;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** Receivers that answer as a test says, for faults that a real one does not have on demand. */
public final class ScriptedReceiver implements NoticeDelivery {
  /** What was pushed, taken or not. */
  public final Queue<String> pushed = new ConcurrentLinkedQueue<>();

  private final List<NoticeReceiver> receivers;
  private volatile Answer answer = new Answer.Acknowledged();
  private volatile UnaryOperator<Future<Answer>> fault = UnaryOperator.identity();

  public ScriptedReceiver(String... names) {
    receivers =
        List.of(names).stream()
            .map(name -> new NoticeReceiver(name, "https://" + name + ".example", false))
            .toList();
  }

  ScriptedReceiver(List<NoticeReceiver> receivers) {
    this.receivers = receivers;
  }

  /** From now on. */
  public void answers(Answer next) {
    answer = next;
  }

  /** From now on receivers are away. */
  public void down() {
    answer = new Answer.Again("it is away");
  }

  void fault(UnaryOperator<Future<Answer>> next) {
    fault = next;
  }

  @Override
  public List<NoticeReceiver> receivers() {
    return receivers;
  }

  @Override
  public Future<Answer> deliver(String receiver, String token) {
    pushed.add(token);
    return fault.apply(Future.succeededFuture(answer));
  }
}
