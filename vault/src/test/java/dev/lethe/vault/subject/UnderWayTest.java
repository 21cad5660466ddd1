package dev.lethe.vault.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class UnderWayTest {
  private static final long SERVER = 1;
  private static final long NEXT_SERVER = 2;

  private final UnderWay underWay = new UnderWay();

  /** Which of these acts somebody else has to carry out. */
  private List<Long> left(long server, long... numbers) {
    var named =
        LongStream.of(numbers)
            .mapToObj(
                number ->
                    new NumberedAct(
                        number, new LedgerEntry.Withdraw("p", 1, 2, Purpose.TRAINING, Set.of())))
            .toList();
    return underWay.without("p", server, () -> named).stream().map(NumberedAct::number).toList();
  }

  @Test
  void whatIsUnderWayIsLeftToWhoCarriesItOutAndNothingElseIs() {
    assertThat(left(SERVER, 4, 7)).containsExactly(4L, 7L);

    var act = underWay.begin("p", 6, SERVER);
    assertThat(left(SERVER, 4, 7)).as("its number is not known here yet").containsExactly(4L);
    act.written(8);
    assertThat(left(SERVER, 4, 7, 8)).containsExactly(4L, 7L);
    assertThat(underWay.without("q", SERVER, List::of)).isEmpty();

    underWay.end("p");
    assertThat(left(SERVER, 4, 7, 8)).containsExactly(4L, 7L, 8L);
  }

  @Test
  void anotherServerTakesItOverAndThenItDoesNotLapse() {
    var act = underWay.begin("p", 6, SERVER);
    act.written(7);

    assertThat(left(NEXT_SERVER, 7)).containsExactly(7L);

    assertThat(act.lapse()).isFalse();
  }

  @Test
  void whatIsAboutToLapseIsTakenOverByNobody() {
    var act = underWay.begin("p", 6, SERVER);
    act.written(7);
    assertThat(act.lapse()).isTrue();

    assertThat(left(SERVER, 7)).isEmpty();
    assertThat(left(NEXT_SERVER, 7)).isEmpty();
    assertThat(act.lapse()).isTrue();
  }
}
