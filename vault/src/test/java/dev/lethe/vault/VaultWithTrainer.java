package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.TrainingPage;
import dev.lethe.vault.api.TrainingPage.Trainee;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A vault with somebody who agreed to training, and with what a trainer does. */
abstract class VaultWithTrainer {
  static final String COUNTED = "liked title-ada";

  @TempDir Path folder;
  RunningVault vault;
  People people;
  Caller ada;

  /** What the vault asked to have unlearned, opened as a trainer would. */
  final List<Optional<String>> unlearned = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    people = new People(vault);
    ada = people.settle("ada");
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  void trainer(Function<Unlearn, Unlearn.Answer> answers) {
    RunningVault.await(
        vault
            .vertx()
            .eventBus()
            .<Unlearn>consumer(
                Unlearn.ADDRESS,
                message -> {
                  var asked = message.body();
                  unlearned.add(
                      asked
                          .contribution()
                          .flatMap(
                              blob ->
                                  vault
                                      .vault()
                                      .trainingSeal()
                                      .contribution(asked.pseudonym(), asked.life(), blob))
                          .map(text -> new String(text, UTF_8)));
                  message.reply(answers.apply(asked));
                })
            .completion());
  }

  List<Trainee> trainees() {
    var all = new ArrayList<Trainee>();
    var cursor = Optional.of(TrainingPage.START);
    while (cursor.isPresent()) {
      TrainingPage page =
          vault.done(new VaultRequest.DiscloseForTraining(cursor.get(), vault.deadline()));
      all.addAll(page.trainees());
      cursor = page.next();
    }
    return all;
  }

  boolean keep(Trainee trainee, String text) {
    var who = trainee.disclosure();
    var sealed =
        vault
            .vault()
            .trainingSeal()
            .contribution(who.pseudonym(), who.life(), text.getBytes(UTF_8));
    List<Boolean> kept =
        vault.done(
            new VaultRequest.KeepContributions(
                List.of(new Contribution(who.pseudonym(), who.life(), trainee.version(), sealed)),
                vault.deadline()));
    return kept.get(0);
  }

  Optional<String> kept(Trainee trainee) {
    var who = trainee.disclosure();
    return trainee
        .contribution()
        .flatMap(
            blob -> vault.vault().trainingSeal().contribution(who.pseudonym(), who.life(), blob))
        .map(text -> new String(text, UTF_8));
  }

  void count() {
    assertThat(keep(trainees().get(0), COUNTED)).isTrue();
  }
}
