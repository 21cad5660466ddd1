package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ContributionCodecTest {
  @Property
  void whatIsWrittenIsRead(
      @ForAll long one,
      @ForAll long other,
      @ForAll @Size(max = 300) Set<@IntRange(min = 0, max = 46_339) Integer> liked,
      @ForAll @Size(max = 20) Set<@IntRange(min = 0, max = 46_339) Integer> turnedDown) {
    var contributions =
        one == other
            ? Map.of(one, new Counted(array(liked), array(turnedDown)))
            : Map.of(
                one, new Counted(array(liked), array(turnedDown)),
                other, new Counted(array(turnedDown), new int[0]));

    var encoded = ContributionCodec.encode(contributions);

    assertThat(ContributionCodec.decode(encoded)).contains(contributions);
    assertThat(ContributionCodec.decode(Arrays.copyOf(encoded, encoded.length - 1))).isEmpty();
    assertThat(ContributionCodec.decode(Arrays.copyOf(encoded, encoded.length + 1))).isEmpty();
  }

  @Property
  void whatIsNoContributionIsNotRead(@ForAll byte[] bytes) {
    // Whatever it is, it is an answer and not a failure.
    assertThat(ContributionCodec.decode(bytes)).isNotNull();
  }

  private static int[] array(Set<Integer> titles) {
    return titles.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
