package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.Repetition;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many people who leave at the same moment, while others stay and are served. */
@Timeout(240)
final class ErasureBurstTest {
  private static final int LEAVING = 3_000;
  private static final int STAYING = 20;
  private static final int STORED_TOGETHER = 200;

  @TempDir private Path folder;
  private RunningVault vault;
  private VaultClient client;

  @BeforeEach
  void store() {
    vault = new RunningVault(folder);
    client = new VaultClient(vault.vertx(), Clock.systemUTC());
    var document = new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty());
    for (int from = 0; from < LEAVING + STAYING; from += STORED_TOGETHER) {
      int first = from;
      int some = Math.min(STORED_TOGETHER, LEAVING + STAYING - from);
      RunningVault.await(
          Future.all(
              each(
                  some,
                  i ->
                      client.<Long>ask(
                          new VaultRequest.PutDocument(
                              vault.caller("viewer-" + (first + i)),
                              document,
                              OptionalLong.empty())))));
    }
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private static <T> List<Future<T>> each(int count, IntFunction<Future<T>> ask) {
    var all = new ArrayList<Future<T>>();
    for (int i = 0; i < count; i++) {
      all.add(ask.apply(i));
    }
    return List.copyOf(all);
  }

  @Test
  void allAreErasedInFewRewritesAndWhoStaysIsServedMeanwhile() {
    var erasures =
        each(
            LEAVING,
            i ->
                client.<Erasure>ask(new VaultRequest.Erase(vault.caller("viewer-" + i), "tester")));
    var all = Future.all(erasures);
    var read = new ArrayList<Outcome<ProfileView>>();
    int pending = 0;
    while (!all.isComplete()) {
      read.add(
          vault.ask(
              new VaultRequest.ReadProfile(
                  vault.caller("viewer-" + (LEAVING + read.size() % STAYING)))));
      pending = all.isComplete() ? pending : read.size();
    }

    RunningVault.await(all);
    assertThat(erasures).extracting(Future::result).allMatch(Outcome.Done.class::isInstance);
    assertThat(pending).as("reads answered before the last erasure").isGreaterThan(1);
    assertThat(read).allMatch(Outcome.Done.class::isInstance);
    assertThat(purgedAt()).as("rewrites of the files").hasSizeLessThan(LEAVING / 100);
  }

  /** When files were rewritten, once everybody is out of them. */
  private List<Instant> purgedAt() {
    RunningVault.await(
        Repetition.untilLast(
            () ->
                vault
                    .vertx()
                    .timer(200, TimeUnit.MILLISECONDS)
                    .compose(
                        waited ->
                            client.<VaultFigures>ask(
                                new VaultRequest.ReadFigures(vault.deadline())))
                    .map(
                        outcome ->
                            ((Outcome.Done<VaultFigures>) outcome).value().pending().purged()
                                == 0)));
    var moments = new HashSet<Instant>();
    int seen = 0;
    for (var next = OptionalLong.of(0); next.isPresent(); ) {
      var page = RunningVault.await(page(next.getAsLong()));
      page.entries().forEach(entry -> moments.add(entry.purged().at().orElseThrow()));
      seen += page.entries().size();
      next = page.next();
    }
    assertThat(seen).isEqualTo(LEAVING);
    return List.copyOf(moments);
  }

  private Future<ErasurePage> page(long after) {
    return client
        .<ErasurePage>ask(
            new VaultRequest.ListErasures(
                ErasurePage.State.ALL, after, LEAVING / 2, vault.deadline()))
        .map(outcome -> ((Outcome.Done<ErasurePage>) outcome).value());
  }
}
