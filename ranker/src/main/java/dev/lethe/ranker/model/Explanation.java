package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The terms of a score as shares, largest first. Terms beyond the eight largest are summed as
 * "other", which stands last. A share is a term divided by the sum of the absolute values of what
 * is listed, that sum included: so the absolute shares add up to 1 even when what was summed up had
 * mixed signs. Terms of zero are left out; without any other there is no explanation.
 */
final class Explanation {
  static final int LISTED = 8;

  private static final Comparator<Term> LARGEST_FIRST =
      Comparator.comparingDouble((Term term) -> Math.abs(term.amount())).reversed();

  private Explanation() {}

  static List<Ranking.Because> of(List<Part> parts, int title) {
    var terms = new ArrayList<Term>();
    for (var part : parts) {
      part.explain(
          title,
          term -> {
            if (term.amount() != 0) {
              terms.add(term);
            }
          });
    }
    // The sort is stable: equal terms keep the order of the parts and, within them, of the profile.
    terms.sort(LARGEST_FIRST);
    if (terms.size() > LISTED) {
      var rest = terms.subList(LISTED, terms.size());
      double sum = rest.stream().mapToDouble(Term::amount).sum();
      rest.clear();
      if (sum != 0) {
        terms.add(Term.ofEverybody("other", sum));
      }
    }
    double total = terms.stream().mapToDouble(term -> Math.abs(term.amount())).sum();
    return terms.stream()
        .map(
            term ->
                new Ranking.Because(
                    term.field(), term.item(), term.title(), term.value(), term.amount() / total))
        .toList();
  }
}
