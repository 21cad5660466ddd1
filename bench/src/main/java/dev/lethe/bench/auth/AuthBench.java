package dev.lethe.bench.auth;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.report.Samples;
import dev.lethe.gateway.app.story.ChildInstance;
import dev.lethe.gateway.auth.TokenVerifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Requests that cost little more than their token, at an instance and at HAProxy, in turns. Server
 * and load share the processors; each server has a process of its own.
 */
final class AuthBench {
  /**
   * Of each thread of the load. More than are remembered: when a token comes again, so many others
   * have come since that it is forgotten, however fast the other threads are.
   */
  private static final int DISTINCT = TokenVerifier.REMEMBERED * 6 / 5;

  private static final String PATH = "/v1/titles/m-1";

  /** Turns that are not counted: the JIT is not done before. */
  private static final int WARM_UPS = 3;

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final Path folder;
  private final MadeUpIssuer issuer = new MadeUpIssuer();
  private final Wrk wrk;
  private final int runs;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * @param folder an empty one
   * @param turn how long each server is asked in a run
   */
  AuthBench(Path folder, int runs, Duration turn, PrintStream progress) {
    this.folder = folder;
    this.wrk = new Wrk(folder);
    this.runs = runs;
    this.turn = turn;
    this.progress = progress;
  }

  /** Answers per second, run by run. */
  record Result(Samples lethe, Samples haProxy) {}

  /** What was measured with each kind of tokens. */
  record Results(Result repeated, Result rs256, Result es256) {}

  /** Blocks. */
  Results run() throws IOException {
    var config = issuer.configuration(folder);
    var data = Files.createDirectory(folder.resolve("data"));
    var vertx = Vertx.vertx();
    try (var instance =
        ChildInstance.start(
            System.getProperty("java.class.path"), data, List.of("--config", config.toString()))) {
      var answer = checked(vertx, instance.client(), instance.certificate());
      try (var haProxy = HaProxy.start(folder, data.resolve("tls"), issuer, answer)) {
        var same = checked(vertx, haProxy.address(), instance.certificate());
        if (!same.equals(answer)) {
          throw new BenchException("HAProxy answers something else than Lethe");
        }
        return measure(instance.client(), haProxy.address());
      }
    } finally {
      Waiting.until(vertx.close());
    }
  }

  /** Makes sure that a server takes good tokens and no altered ones; its answer to a good one. */
  private Buffer checked(Vertx vertx, URI server, Path certificate) {
    for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256)) {
      var token = issuer.token(algorithm);
      expect(OK, vertx, server, certificate, token);
      expect(UNAUTHORIZED, vertx, server, certificate, altered(token));
    }
    try (var caller = new HttpsCaller(vertx, server, certificate, 1)) {
      return Waiting.until(caller.get(PATH, issuer.token(JWSAlgorithm.RS256)));
    }
  }

  /** On a connection of its own: HAProxy ends one on which it has refused something. */
  private static void expect(int status, Vertx vertx, URI server, Path certificate, String token) {
    try (var caller = new HttpsCaller(vertx, server, certificate, 1)) {
      int answered = Waiting.until(caller.status(PATH, token));
      if (answered != status) {
        throw new BenchException(server + " answers " + answered + " instead of " + status);
      }
    }
  }

  /** One character of the signature is another one. */
  static String altered(String token) {
    int middle = (token.lastIndexOf('.') + token.length()) / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    return token.substring(0, middle) + other + token.substring(middle + 1);
  }

  private Results measure(URI lethe, URI haProxy) throws IOException {
    var repeated = tokens(JWSAlgorithm.RS256, Wrk.CONNECTIONS);
    var rs256 = tokens(JWSAlgorithm.RS256, Wrk.THREADS * DISTINCT);
    var es256 = tokens(JWSAlgorithm.ES256, Wrk.THREADS * DISTINCT);
    return new Results(
        pairs("RS256, repeated", repeated, lethe, haProxy),
        pairs("RS256, distinct", rs256, lethe, haProxy),
        pairs("ES256, distinct", es256, lethe, haProxy));
  }

  private Path tokens(JWSAlgorithm algorithm, int count) throws IOException {
    return Files.write(
        folder.resolve(algorithm + "-" + count), issuer.tokens(algorithm, count, progress));
  }

  private Result pairs(String what, Path tokens, URI lethe, URI haProxy) {
    var us = new Walk(lethe, tokens);
    var them = new Walk(haProxy, tokens);
    for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
      us.rate();
      them.rate();
    }
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    for (int run = 1; run <= runs; run++) {
      ours.add(us.rate());
      theirs.add(them.rate());
      progress.printf(
          "%s, run %d: %.0f/s, HAProxy %.0f/s%n",
          what, run, ours.get(run - 1), theirs.get(run - 1));
    }
    return new Result(new Samples(ours), new Samples(theirs));
  }

  /** Through the tokens at one server: a turn goes on where the one before it ended. */
  private final class Walk {
    private final URI server;
    private final Path tokens;
    private List<Integer> from = Collections.nCopies(Wrk.THREADS, 0);

    Walk(URI server, Path tokens) {
      this.server = server;
      this.tokens = tokens;
    }

    double rate() {
      var output = wrk.run(server.resolve(PATH), tokens, from, turn);
      from = output.walked();
      return output.rate();
    }
  }
}
