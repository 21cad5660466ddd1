package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** People who leave at every time of a training. */
final class GenerationTest extends OneTraining {
  @Test
  void whoLeavesWhileOthersAreCountedIsNotCounted() throws Exception {
    assertThat(leaves(3)).isTrue();
    close();
    learn();

    assertServedWithout(3);
    assertThat(generation.people()).isEqualTo(PEOPLE - 1);
  }

  @Test
  void whoLeavesWhileItIsLearnedIsForgottenBeforeItIsServed() throws Exception {
    close();
    var learned = TRAINER.learn(generation.cohort(), "v");
    assertThat(leaves(3)).isTrue();
    assertThat(models.current().version()).doesNotContain("+v");

    await(on(() -> generation.serve(learned)));

    assertServedWithout(3);
  }

  @Test
  void thoseWhoLeaveTogetherAreForgottenTogether() throws Exception {
    close();
    learn();

    var allLeft = new CountDownLatch(1);
    worker.executeBlocking(
        () -> {
          allLeft.await();
          return true;
        },
        false);
    var all =
        on(
            () ->
                Future.all(
                    IntStream.range(0, 15)
                        .mapToObj(who -> generation.leave(who, Optional.of(counted(who))))
                        .toList()));
    onLoop(() -> true);
    allLeft.countDown();
    assertThat(await(all).<Boolean>list()).containsOnly(true);

    assertServedWithout(IntStream.range(0, 15).boxed().toArray(Integer[]::new));
    var version = models.current().version();
    assertThat(Integer.parseInt(version.substring(version.lastIndexOf('-') + 1)))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void copyIsAwayUntilItIsWrittenWithoutWhoLeft() throws Exception {
    close();
    learn();
    assertServedWithout();
    assertThat(folder.resolve("model.sealed")).exists();

    leaves(3);

    assertThat(folder.resolve("model.sealed")).doesNotExist();
    assertServedWithout(3);
  }

  @Test
  void whoLeavesWithoutAContributionSpoilsIt() throws Exception {
    close();
    learn();

    assertThat(await(on(() -> generation.leave(3, Optional.empty())))).isFalse();

    assertThat(generation.isSpoiled()).isTrue();
    assertThat(leaves(4)).isFalse();
  }

  @Test
  void whoLeavesWithAnotherContributionSpoilsIt() throws Exception {
    int[] all = IntStream.range(0, TITLES).toArray();

    assertThat(await(on(() -> generation.leave(3, Optional.of(new Counted(all, new int[0]))))))
        .isFalse();
    assertThat(generation.isSpoiled()).isTrue();
  }

  @Test
  void copyThatCannotBeTakenAwayIsNoForgetting() throws Exception {
    close();
    learn();
    assertServedWithout();
    // A folder in its place, with something in it, cannot be deleted as a file.
    Files.delete(folder.resolve("model.sealed"));
    Files.createDirectories(folder.resolve("model.sealed").resolve("full"));

    assertThat(leaves(3)).isFalse();

    assertThat(generation.isSpoiled()).isTrue();
  }

  @Test
  void strangersLeaveWithoutATrace() throws Exception {
    close();
    learn();
    var before = models.current();

    assertThat(await(on(() -> generation.leave(1_000, Optional.empty())))).isTrue();

    assertThat(models.current()).isSameAs(before);
    assertThat(generation.isSpoiled()).isFalse();
  }

  @Test
  void whoLeftBeforeTheirPageCameIsNotCounted() throws Exception {
    assertThat(await(on(() -> generation.leave(PEOPLE, Optional.empty())))).isTrue();

    assertThat(onLoop(() -> generation.isSettled(PEOPLE))).isTrue();
    assertThat(generation.isSpoiled()).isFalse();
  }

  @Test
  void olderTrainingIsNotServedOverALaterOne() throws Exception {
    close();
    learn();
    var later = generation(2_000);
    count(later, IntStream.range(0, PEOPLE - 1));
    var all = new ArrayList<Future<Boolean>>();
    for (int person = 0; person < 3; person++) {
      int who = person;
      all.add(on(() -> generation.leave(who, Optional.of(counted(who)))));
    }
    var left = new ArrayList<Boolean>();
    for (int person = 0; person < 3; person++) {
      int who = person;
      left.add(await(on(() -> later.leave(who, Optional.of(counted(who))))));
    }
    onLoop(
        () -> {
          later.close();
          return true;
        });
    var learned = TRAINER.learn(later.cohort(), "later");
    await(on(() -> later.serve(learned)));
    for (var one : all) {
      await(one);
    }

    assertThat(left).containsOnly(true);
    assertThat(leaves(4)).isTrue();
    assertThat(models.current().version()).contains("+later");
  }

  @Test
  void whoIsAskedForTwiceIsGoneOnlyOnceTheyAre() throws Exception {
    close();
    learn();
    var first = on(() -> generation.leave(1, Optional.of(counted(1))));
    var second = on(() -> generation.leave(2, Optional.of(counted(2))));
    var again =
        on(() -> generation.leave(2, Optional.empty()))
            .map(gone -> gone + " in " + models.current().version());

    assertThat(await(first)).isTrue();
    assertThat(await(again)).startsWith("true").endsWith("-2");
    assertThat(await(second)).isTrue();
  }

  @Test
  void modelThatCannotForgetIsServedNoMore() throws Exception {
    close();
    learn();
    assertServedWithout();
    int[] all = IntStream.range(0, TITLES).toArray();

    assertThat(await(on(() -> generation.leave(3, Optional.of(new Counted(all, new int[0]))))))
        .isFalse();

    assertThat(models.current().version()).doesNotContain("+v");
    keep();
    assertThat(file().read()).isEmpty();
  }

  @Test
  void forgettingDoesNotWaitForLearning() throws Exception {
    close();
    learn();
    var hindered = new CountDownLatch(1);
    var busy =
        on(() -> learning.executeBlocking(() -> hindered.await(30, TimeUnit.SECONDS), false));

    assertThat(leaves(3)).isTrue();

    hindered.countDown();
    assertThat(await(busy)).isTrue();
  }
}
