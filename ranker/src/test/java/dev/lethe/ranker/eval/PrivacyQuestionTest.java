package dev.lethe.ranker.eval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** On made-up people, each of whom likes one of four kinds of titles that are equally popular. */
final class PrivacyQuestionTest {
  private static final int TITLES = 80;
  private static final int KINDS = 4;

  @TempDir private Path folder;

  @BeforeEach
  void people() throws IOException {
    var random = new SplittableRandom(7);
    var train = new StringBuilder();
    var test = new StringBuilder();
    for (int person = 0; person < 600; person++) {
      for (int title = 0; title < TITLES; title++) {
        if (random.nextDouble() < (title % KINDS == person % KINDS ? 0.6 : 0.1)) {
          (random.nextInt(5) == 0 ? test : train)
              .append(person)
              .append('\t')
              .append(title)
              .append('\n');
        }
      }
    }
    Files.writeString(folder.resolve("train.tsv"), train);
    Files.writeString(folder.resolve("test.tsv"), test);
  }

  private Measured measured(PrivacyQuestion question, long seed) {
    var l2 = question.epsilon().isPresent() ? OptionalDouble.empty() : OptionalDouble.of(20);
    return Measured.by(
        Split.RANDOM,
        l2,
        question,
        seed,
        run -> run.pairs(folder.resolve("train.tsv"), folder.resolve("test.tsv")));
  }

  private double quality(double epsilon, double delta, long seed) {
    return measured(new PrivacyQuestion(OptionalDouble.of(epsilon), delta, Optional.empty()), seed)
        .figure("ndcg@10");
  }

  @Test
  void moreNoiseMakesWorseLists() {
    double plain = measured(PrivacyQuestion.NONE, 1).figure("ndcg@10");

    assertThat(quality(1e6, 1e-5, 1)).isGreaterThan(0.9 * plain);
    assertThat(quality(8, 1e-5, 1)).isLessThan(quality(1e6, 1e-5, 1));
    // Ten titles at random: an eightieth of what is wanted in each place.
    assertThat(quality(1e-3, 1e-9, 1)).isLessThan(0.1);
    assertThat(plain).isGreaterThan(0.25);
  }

  @Test
  void theBudgetIsAmongTheFigures() {
    var measured =
        measured(new PrivacyQuestion(OptionalDouble.of(0.05), 1e-6, Optional.empty()), 1);

    assertThat(measured.text("epsilon")).isEqualTo("0.05");
    assertThat(measured.text("delta")).isEqualTo("0.000001");
    assertThat(measured.figure("titles.listed")).isBetween(1.0, TITLES - 1.0);
    assertThat(measured.has("ndcg@10.popularity")).isTrue();
    assertThat(measured(PrivacyQuestion.NONE, 1).has("epsilon")).isFalse();
  }

  @Test
  void equalSeedsGiveEqualFiguresAndOthersDoNot() {
    assertThat(quality(2, 1e-5, 1)).isEqualTo(quality(2, 1e-5, 1));
    assertThat(quality(2, 1e-5, 1)).isNotEqualTo(quality(2, 1e-5, 2));
  }

  @Test
  void thePageHoldsWhatIsPrintedAndNothingFromElsewhere() throws Exception {
    var pages = new ArrayList<String>();
    var measured =
        measured(new PrivacyQuestion(OptionalDouble.of(4), 1e-5, Optional.of(pages::add)), 3);

    assertThat(pages).hasSize(1);
    var page = parsed(pages.get(0));
    assertThat(texts(page, "title")).hasSize(2).noneMatch(String::isBlank);
    assertThat(texts(page, "desc")).hasSize(1).noneMatch(String::isBlank);
    assertThat(texts(page, "circle")).hasSize(5);
    for (var epsilon : List.of("0.5", "1", "2", "4", "8")) {
      var name = "frontier.epsilon-" + epsilon;
      assertThat(texts(page, "tr"))
          .contains(
              epsilon
                  + measured.text(name + ".titles")
                  + measured.text(name + ".ndcg@10")
                  + measured.text(name + ".ndcg@10.low")
                  + measured.text(name + ".ndcg@10.high"));
      assertThat(measured.figure(name + ".ndcg@10"))
          .isBetween(
              measured.figure(name + ".ndcg@10.low"), measured.figure(name + ".ndcg@10.high"));
    }
    assertThat(texts(page, "tr"))
        .contains("no privacy" + TITLES + measured.text("frontier.plain.ndcg@10"))
        .contains("popularity" + TITLES + measured.text("frontier.popularity.ndcg@10"));
    // One of the draws for ε = 4 is the one whose figures are printed.
    assertThat(measured.figure("ndcg@10"))
        .isBetween(
            measured.figure("frontier.epsilon-4.ndcg@10.low"),
            measured.figure("frontier.epsilon-4.ndcg@10.high"));
    assertThat(pages.get(0)).doesNotContain("<script", "href=", "src=", "url(", "@import");
  }

  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
  }

  private static List<String> texts(Document page, String element) {
    var nodes = page.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .map(Node::getTextContent)
        .toList();
  }
}
