package dev.lethe.gateway.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lethe.gateway.app.ChainsCheck;
import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.VaultWork;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();
  private VaultWork.Report report = new VaultWork.Report(List.of("a line"), VaultWork.Status.DONE);
  private ChainsCheck.Report chains = new ChainsCheck.Report("ok: all of it", Optional.empty());

  private int run(Map<String, String> environment, String... arguments) {
    return new Cli(
            folder,
            folder,
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Clock.systemUTC(),
            config -> {
              throw new FailedException("address 127.0.0.1:1 is in use or not ours");
            },
            data -> chains,
            new RecordedWork(asked, report))
        .run(arguments);
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  @Test
  void helpAndVersionAreResults() {
    assertThat(run("--help")).isZero();
    assertThat(run("up", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out()).contains("up", "token", "replay", "audit", "--admin-port", "lethe ");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "audit",
        "fly",
        "up --wings",
        "up --port",
        "up --port 1 --port 2",
        "up --port 70000",
        "up --config none.yaml",
        "up more",
        "replay",
        "replay a b",
        "token",
        "token --sub a --scope fly",
        "token --sub a --ttl 0s",
        "prove-erased",
        "prove-erased --backup",
        "prove-erased --backup a --iss i",
        "backup",
        "restore",
        "restore --from a --yes maybe",
        "eval",
        "eval --dataset ranklens",
        "eval --dataset fly a",
        "eval a",
        "eval --train none.tsv --test none.tsv",
        "eval --dataset movielens a --l2 0",
        "eval --dataset movielens a --split never",
        "eval --dataset movielens a --epsilon 1",
        "eval --dataset movielens a --delta 0.1",
        "eval --dataset movielens a --epsilon 0 --delta 0.1",
        "eval --dataset movielens a --epsilon 1 --delta 1",
        "eval --dataset movielens a --epsilon 1 --delta 0",
        "eval --dataset movielens a --frontier none/out.html",
        "eval --dataset ranklens a --epsilon 1 --delta 0.1",
        "eval --dataset ranklens a --frontier out.html"
      })
  void wrongUseIsOneLineAndStatusTwo(String line) {
    var arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);

    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err().lines()).hasSize(1).first().asString().startsWith("lethe: ");
    assertThat(out()).isEmpty();
  }

  private String[] evaluation(String... more) throws Exception {
    var train = new StringBuilder();
    for (int person = 0; person < 40; person++) {
      train.append("u").append(person).append("\ta\nu").append(person).append("\tb\n");
    }
    Files.writeString(folder.resolve("train.tsv"), train + "v\ta\nw\tc\n");
    Files.writeString(folder.resolve("test.tsv"), "v\tb\n");
    return Stream.concat(
            Stream.of("eval", "--train", "train.tsv", "--test", "test.tsv"), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void evaluationPrintsAFigureALine() throws Exception {
    assertThat(run(evaluation("--l2", "10"))).isZero();

    assertThat(out().lines()).allMatch(line -> line.matches("[^=]+=[0-9.]+"));
    assertThat(out().lines()).contains("ndcg@10=1.0000", "users=1", "titles=3");
    assertThat(err()).isEmpty();
  }

  @Test
  void whatPrivacyCostsIsAPageAndFigures() throws Exception {
    assertThat(run(evaluation("--l2", "10", "--frontier", "out.html"))).isZero();

    assertThat(out().lines()).allMatch(line -> line.matches("[^=]+=[0-9.]+"));
    assertThat(out().lines())
        .anyMatch(line -> line.startsWith("frontier.epsilon-0.5.ndcg@10.low="))
        .contains("frontier.plain.ndcg@10=1.0000")
        .noneMatch(line -> line.startsWith("epsilon="));
    assertThat(folder.resolve("out.html")).content().contains("δ = 0.00001", "</html>");
    assertThat(run(evaluation("--epsilon", "2.5", "--delta", "1e-6"))).isZero();
    assertThat(out().lines()).contains("epsilon=2.5", "delta=0.000001");
    assertThat(err()).isEmpty();
  }

  @Test
  void aPageThatCannotBeWrittenIsOneLineAndStatusOne() throws Exception {
    Files.createDirectories(folder.resolve("out.html.new/full"));

    assertThat(run(evaluation("--l2", "10", "--frontier", "out.html"))).isEqualTo(1);

    assertThat(err().lines()).hasSize(1).first().asString().contains("out.html cannot be written");
    assertThat(folder.resolve("out.html")).doesNotExist();
  }

  @Test
  void dataSetThatIsNotThereIsStatusOne() {
    assertThat(run("eval", "--dataset", "movielens", "nowhere")).isEqualTo(1);
    assertThat(err().lines()).hasSize(1).first().asString().contains("nowhere", "ratings.csv");
  }

  @Test
  void unknownVariableIsStatusTwo() {
    assertThat(run(Map.of("LETHE_WINGS", "2"), "token", "--sub", "a")).isEqualTo(2);
    assertThat(err()).isEqualToIgnoringNewLines("lethe: unknown variable LETHE_WINGS");
  }

  @Test
  void failureToStartIsOneLineAndStatusOne() {
    assertThat(run("demo")).isEqualTo(1);
    assertThat(err().lines()).last().isEqualTo("lethe: address 127.0.0.1:1 is in use or not ours");
    assertThat(out()).isEmpty();
  }

  @Test
  void tokenIsTheOnlyOutputAndVerifies() throws Exception {
    assertThat(run("token", "--sub", "ada", "--data", "d")).isZero();

    assertThat(out().lines()).hasSize(1);
    var token = SignedJWT.parse(out().strip());
    var keys = JWKSet.load(folder.resolve("d/dev-issuer/keys.json").toFile());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("ada");
    assertThat(claims.getIssuer()).isEqualTo("lethe-dev");
    assertThat(claims.getAudience()).containsExactly("lethe");
    assertThat(claims.getStringClaim("scope"))
        .isEqualTo("profile:read profile:write consent rank erase");
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plus(Duration.ofHours(1)));
    assertThat(keys.getKeys()).allMatch(one -> !one.isPrivate());
  }

  @Test
  void subjectIsAtMost256Characters() {
    assertThat(run("token", "--data", "d", "--sub", "a".repeat(256))).isZero();
    assertThat(run("token", "--data", "d", "--sub", "a".repeat(257))).isEqualTo(2);
  }

  @Test
  void configuredIssuersReplaceTheDevelopmentIssuer() throws Exception {
    Files.writeString(
        folder.resolve("c.yaml"),
        "auth: {issuers: [{issuer: a, jwksUri: \"https://id.example/keys\"}]}");

    assertThat(run("token", "--sub", "ada", "--config", "c.yaml")).isEqualTo(2);
    assertThat(folder.resolve("data/dev-issuer")).doesNotExist();
  }

  @Test
  void brokenChainIsStatusOneAndNamed() {
    assertThat(run("audit", "verify")).isZero();
    chains = new ChainsCheck.Report("", Optional.of("ledger broken: entry 3"));
    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(out().lines()).containsExactly("ok: all of it", "ledger broken: entry 3");
  }

  @Test
  void aProofTakesManyCopiesAndEndsWithItsOwnStatus() {
    assertThat(run("prove-erased", "--data", "d", "--backup", "a", "b/c", "--sub", "s")).isZero();
    report = new VaultWork.Report(List.of("nothing said"), VaultWork.Status.INCONCLUSIVE);
    assertThat(run("prove-erased", "--backup", "a", "--backup", "b")).isEqualTo(3);
    report = new VaultWork.Report(List.of("it opens"), VaultWork.Status.FAILED);
    assertThat(run("prove-erased", "--backup", "a")).isEqualTo(1);

    assertThat(asked)
        .containsExactly(
            "prove d [" + folder.resolve("a") + ", " + folder.resolve("b/c") + "] s",
            "prove data [" + folder.resolve("a") + ", " + folder.resolve("b") + "] everybody",
            "prove data [" + folder.resolve("a") + "] everybody");
    assertThat(out().lines()).containsExactly("a line", "nothing said", "it opens");
  }

  @Test
  void aRestoreIsAskedForTwice() {
    assertThat(run("backup", "--to", "b", "--data", "d")).isZero();
    assertThat(run("restore", "--from", "b", "--yes")).isZero();
    report = new VaultWork.Report(List.of("this will be lost"), VaultWork.Status.UNCONFIRMED);
    assertThat(run("restore", "--from", "b")).isEqualTo(2);

    assertThat(asked).containsExactly("backup d b", "restore b true", "restore b false");
  }
}
