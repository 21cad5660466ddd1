package dev.lethe.gateway.app;

import dev.lethe.gateway.app.VaultWork.Person;
import dev.lethe.gateway.app.VaultWork.Report;
import dev.lethe.gateway.app.VaultWork.Status;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.UsageException;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.proof.AofCommand;
import dev.lethe.vault.proof.Copies;
import dev.lethe.vault.proof.ErasureProof;
import dev.lethe.vault.proof.Source;
import dev.lethe.vault.proof.TodaysRedis;
import dev.lethe.vault.redis.RedisReplyException;
import dev.lethe.vault.redis.RedisUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Proves that copies of Redis hold nothing of whom was erased. */
record VaultProof(Config config, Clock clock, Consumer<String> progress) {
  private static final int MOST_SHOWN = 1_000;

  Report run(List<Path> backups, Optional<Person> person) {
    for (var backup : backups) {
      if (!Files.exists(backup)) {
        throw new UsageException("--backup: there is no " + backup);
      }
    }
    var file = Ledger.file(config.data());
    if (!Files.exists(file)) {
      throw new FailedException("no ledger in " + config.data());
    }
    var keystore = OpenedKeystore.existing(config.keystore(), clock);
    progress.accept("reading the ledger");
    var ledger = LedgerReading.of(file);
    var only = person.map(one -> keystore.pseudonyms().of(ref(one)));
    if (only.isPresent() && !ledger.erasedLives().containsKey(only.get())) {
      throw new UsageException("--sub: this person was never erased here");
    }
    try {
      var today = told(TodaysRedis.of(config.redisUri(), config.data()));
      var copies = new ArrayList<Source>();
      for (var backup : backups) {
        copies.addAll(told(Copies.at(backup)));
      }
      var result = new ErasureProof(keystore.ring(), ledger, only).attack(today, copies);
      return report(copies.size(), result);
    } catch (IOException | RedisUnavailableException | RedisReplyException e) {
      return new Report(List.of("inconclusive: " + e.getMessage()), Status.INCONCLUSIVE);
    }
  }

  private SubjectRef ref(Person person) {
    var issuer =
        person
            .issuer()
            .orElseGet(
                () ->
                    switch (config.issuers().size()) {
                      case 0 -> DevIssuer.ISSUER;
                      case 1 -> config.issuers().get(0).issuer();
                      default ->
                          throw new UsageException("--iss is missing: there are several issuers");
                    });
    return new SubjectRef(issuer, person.subject());
  }

  private List<Source> told(List<Source> sources) {
    return sources.stream().<Source>map(source -> new Told(source, progress)).toList();
  }

  /** A source that says so when it is read. */
  private record Told(Source source, Consumer<String> progress) implements Source {
    @Override
    public String name() {
      return source.name();
    }

    @Override
    public void read(Consumer<AofCommand> visitor) throws IOException {
      progress.accept("trying " + name());
      source.read(visitor);
    }
  }

  private static Report report(int copies, ErasureProof.Result result) {
    var effort = result.effort();
    var lines = new ArrayList<String>();
    lines.add("copies read       " + copies + " files, and today's Redis");
    lines.add("commands          " + effort.commands());
    lines.add("values tried      " + effort.values());
    lines.add(
        "keys tried        "
            + effort.epochKeys()
            + " of epochs, "
            + effort.gainedKeys()
            + " that grants gave away");
    lines.add("control           something opens of " + result.opened() + " live people");
    lines.add("erased, attacked  " + result.attacked());
    if (result.held() > 0) {
      lines.add("erased, held      " + result.held() + ", kept for a legal hold and not proved");
    }
    result.findings().stream().limit(MOST_SHOWN).map(VaultProof::line).forEach(lines::add);
    if (result.findings().size() > MOST_SHOWN) {
      lines.add("and " + (result.findings().size() - MOST_SHOWN) + " more");
    }
    var status = status(result);
    lines.add(
        switch (status) {
          case DONE ->
              result.attacked() == 0
                  ? "proved: nobody is erased yet"
                  : "proved: nothing of anybody erased opens";
          case FAILED -> notProved(result);
          default -> "inconclusive: nothing of anybody live opens in these copies";
        });
    return new Report(lines, status);
  }

  private static String notProved(ErasureProof.Result result) {
    long open = result.findings().stream().filter(finding -> !finding.held()).count();
    var waiting = result.held() + " erasures wait for the end of a legal hold";
    if (open == 0) {
      return "not proved: " + waiting + "; nothing else of the erased opens";
    }
    return "not proved: "
        + open
        + " things of the erased open"
        + (result.held() > 0 ? ", and " + waiting : "");
  }

  private static Status status(ErasureProof.Result result) {
    if (!result.findings().isEmpty() || result.held() > 0) {
      return Status.FAILED;
    }
    return result.opened() > 0 ? Status.DONE : Status.INCONCLUSIVE;
  }

  private static String line(ErasureProof.Finding finding) {
    return (finding.held() ? "held: " : "opens: ")
        + finding.pseudonym()
        + " life "
        + finding.life()
        + " "
        + finding.what()
        + " by epoch "
        + finding.epoch()
        + since(finding);
  }

  private static String since(ErasureProof.Finding finding) {
    if (finding.held()) {
      return ", not yet unrecoverable: it waits for the end of a legal hold";
    }
    return finding
        .unrecoverableAt()
        .map(at -> ", said to be unrecoverable since " + at)
        .orElse(", not yet unrecoverable: it waits for the next rotation");
  }
}
