package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is served of a training, and its copy, by the time and by how many are wanted. */
final class ServedModelTest extends OneTraining {
  @Test
  void modelThatBeganByAWrongClockIsNotServed() throws Exception {
    close();
    clock.set(Instant.ofEpochMilli(999));

    learn();

    assertThat(models.current().version()).doesNotContain("+v");
  }

  @Test
  void modelOfYesterdayIsServedNoMore() throws Exception {
    close();
    learn();
    assertServedWithout();

    clock.set(Instant.ofEpochMilli(1_000).plus(ServedModel.MOST));
    keep();

    assertThat(models.current().version()).doesNotContain("+v");
    assertThat(file().read()).isEmpty();
  }

  @Test
  void modelOfFewerPeopleThanWantedIsNotServedAfterAStart() throws Exception {
    close();
    learn();
    assertServedWithout();

    var stricter = new ServedModel(models, file(), 6, clock);
    assertThat(await(worker.executeBlocking(stricter::open))).isZero();
    assertThat(models.current().version()).doesNotContain("+v");
    var same = new ServedModel(models, file(), 5, clock);
    assertThat(await(worker.executeBlocking(same::open))).isEqualTo(1_000);
    assertThat(models.current().version()).contains("+v");
  }

  @Test
  void copyThatWasBegunIsTakenAwayToo() throws Exception {
    var begun = Files.writeString(folder.resolve("model.sealed.new"), "begun");

    file().delete();

    assertThat(begun).doesNotExist();
  }
}
