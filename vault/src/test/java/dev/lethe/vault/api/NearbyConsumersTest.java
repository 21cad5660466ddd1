package dev.lethe.vault.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NearbyConsumersTest {
  private static final String ADDRESS = "lethe.test";
  private static final int LOOPS = 3;
  private static final int QUESTIONS = 20;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final ConcurrentLinkedQueue<Context> loops = new ConcurrentLinkedQueue<>();

  /** Answers with the thread that it answers on. */
  private final class Here extends VerticleBase {
    @Override
    public Future<?> start() {
      loops.add(context);
      return NearbyConsumers.consume(
          vertx,
          new MessageConsumerOptions().setAddress(ADDRESS).setLocalOnly(true),
          (Message<String> message) -> message.reply(Thread.currentThread().getName()));
    }
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void whoAsksOnAnEventLoopIsAnsweredOnIt() throws Exception {
    await(vertx.deployVerticle(Here::new, new DeploymentOptions().setInstances(LOOPS)));

    for (var loop : loops) {
      var asked = askedOn(loop);
      assertThat(asked.answers()).hasSize(QUESTIONS).containsOnly(asked.thread());
    }
  }

  @Test
  void whoAsksElsewhereIsAnsweredByAllInTurns() throws Exception {
    await(vertx.deployVerticle(Here::new, new DeploymentOptions().setInstances(LOOPS)));

    Set<String> answers = new HashSet<>();
    for (int question = 0; question < QUESTIONS; question++) {
      answers.add(await(ask()));
    }

    assertThat(answers).hasSize(LOOPS);
  }

  @Test
  void whereThereIsNoneNearbyAnotherAnswers() throws Exception {
    await(vertx.deployVerticle(Here::new, new DeploymentOptions().setInstances(1)));

    var asked = askedOn(vertx.getOrCreateContext()); // loops are given out in turns: the next one

    assertThat(asked.answers()).hasSize(QUESTIONS).doesNotContain(asked.thread());
  }

  private record Asked(String thread, List<String> answers) {}

  private Asked askedOn(Context loop) throws Exception {
    Promise<Asked> asked = Promise.promise();
    loop.runOnContext(
        turn -> {
          var thread = Thread.currentThread().getName();
          Future.all(IntStream.range(0, QUESTIONS).mapToObj(n -> ask()).toList())
              .map(all -> new Asked(thread, all.list()))
              .onComplete(asked);
        });
    return await(asked.future());
  }

  private Future<String> ask() {
    return vertx
        .eventBus()
        .<String>request(NearbyConsumers.nearest(vertx, ADDRESS), "where?")
        .map(Message::body);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
