package dev.lethe.bench.core;

import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.Gram;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Taking a person who watched 50 titles out of a model of 3,000. */
@State(Scope.Benchmark)
public class Forgetting {
  private static final int TITLES = 3_000;
  private static final int WATCHED = 50;

  /** More than can be forgotten in the time: nobody is forgotten twice. */
  private static final int PEOPLE = 5_000;

  private static final double L2 = 100;

  private final Gram gram = new Gram(TITLES);
  private final Queue<int[]> people = new ArrayDeque<>();
  private final Ease ease;

  public Forgetting() {
    var random = new Random(1);
    for (int person = 0; person < PEOPLE; person++) {
      int[] watched = random.ints(0, TITLES).distinct().limit(WATCHED).sorted().toArray();
      gram.add(watched);
      people.add(watched);
    }
    ease = Ease.learn(gram, L2);
  }

  @Benchmark
  public void forget() {
    int[] watched = people.remove();
    gram.remove(watched);
    ease.forget(watched);
  }
}
