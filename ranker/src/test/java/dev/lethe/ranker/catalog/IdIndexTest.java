package dev.lethe.ranker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class IdIndexTest {
  @Property(tries = 300)
  void everyIdIsFoundWhereItStandsAndNoOtherIs(
      @ForAll @Size(max = 200)
          Set<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 5) String> ids,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String other) {
    var list = List.copyOf(ids);
    var index = new IdIndex(list);

    for (int place = 0; place < list.size(); place++) {
      // Of an equal text, not of the same one.
      assertThat(index.find(new String(list.get(place).toCharArray()))).isEqualTo(place);
    }
    assertThat(index.find(other)).isEqualTo(list.indexOf(other));
  }

  @Test
  void idsOfOneHashAreToldApart() {
    var ids = new ArrayList<>(List.of(""));
    for (int letters = 0; letters < 8; letters++) {
      var longer = new ArrayList<String>();
      ids.forEach(id -> longer.addAll(List.of(id + "Aa", id + "BB")));
      ids.clear();
      ids.addAll(longer);
    }
    assertThat(ids.stream().map(String::hashCode).distinct()).hasSize(1);
    var absent = ids.remove(100);
    var index = new IdIndex(ids);

    assertThat(ids).allMatch(id -> index.find(id) == ids.indexOf(id));
    assertThat(index.find(absent)).isEqualTo(IdIndex.NONE);
  }
}
