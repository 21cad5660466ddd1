package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.BlendSources;
import dev.lethe.ranker.model.Learned;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns from people: what is served of it, and how much each source counts.
 *
 * @param l2 the penalty of EASE
 * @param minPeople nothing is served of pairs of titles, or of titles, that fewer share
 */
public record Trainer(double l2, int minPeople) {
  private static final int MIN_EXAMPLES = 100;

  /** From one title, at most: a history of a thousand is summed up on an event loop. */
  private static final int STRONGEST = 200;

  /**
   * Learns. Takes a minute or two where there are as many titles as can be, for a worker. Equal
   * cohorts give equal models.
   *
   * @param version of what is learned
   * @return empty when there are too few people to say how much anything counts
   */
  public Optional<LearnedModel> learn(Cohort cohort, String version) {
    if (cohort.examples().size() < MIN_EXAMPLES) {
      return Optional.empty();
    }
    var known = Ease.learn(cohort.known().liked(), l2);
    return blend(cohort, known)
        .map(
            blend ->
                new LearnedModel(
                    this, cohort, version, Ease.learn(cohort.crowd().liked(), l2), known, blend));
  }

  /** How much each source counts; empty when too few people say it. */
  Optional<Blend> blend(Cohort cohort, Ease known) {
    var catalog = cohort.catalog();
    var sources = new BlendSources(catalog, learned(cohort.known(), known, catalog, ""));
    var examples =
        cohort.examples().values().stream()
            .flatMap(question -> question.example(sources).stream())
            .toList();
    return examples.size() < MIN_EXAMPLES ? Optional.empty() : blend(examples);
  }

  private static Optional<Blend> blend(List<Listwise.Example> examples) {
    var blend = BlendSources.blend(Listwise.learn(examples));
    var lists = examples.stream().map(Listwise.Example::figures).toList();
    return blend.orders()
        ? Optional.of(BlendSources.heeding(blend, lists, MIN_EXAMPLES))
        : Optional.empty();
  }

  /** What may be served of it. */
  Learned learned(Crowd crowd, Ease ease, Catalog catalog, String version) {
    return new Learned(
        version,
        IntStream.range(0, ease.titles()).mapToObj(title -> catalog.title(title).id()).toList(),
        crowd.appeal(minPeople),
        ServedWeights.of(ease, crowd.liked(), minPeople, STRONGEST));
  }
}
