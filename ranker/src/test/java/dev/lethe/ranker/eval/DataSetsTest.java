package dev.lethe.ranker.eval;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.train.UnreadableDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSetsTest {
  @TempDir private Path folder;

  @Test
  void theLatestLayoutIsReadInTheOrderOfTime() throws IOException {
    file(
        "ratings.csv",
        "userId,movieId,rating,timestamp\n7,20,4.0,300\n7,10,3.0,100\n8,20,0.5,50\n");
    file(
        "movies.csv",
        "movieId,title,genres\n10,\"One, Two\",Drama|War\n20,Three,(no genres listed)\n30,Four,War\n");

    var watched = MovieLens.read(folder, 0, 1);

    assertThat(watched.titles()).isEqualTo(2);
    assertThat(watched.byPerson()).isDeepEqualTo(new int[][] {{1, 0}, {0}});
    assertThat(watched.genres().orElseThrow()).isDeepEqualTo(new int[][] {{}, {0, 1}});
  }

  @Test
  void theLayoutOfOneMillionIsRead() throws IOException {
    file("ratings.dat", "1::5::4::10\n1::6::4::20\n2::6::2::5\n");
    file("movies.dat", "5::Caf\u00e9 (1999)::Drama\n6::B::Comedy|Drama\n");

    var watched = MovieLens.read(folder, 3, 1);

    assertThat(watched.byPerson()).isDeepEqualTo(new int[][] {{0, 1}});
    assertThat(watched.genres().orElseThrow()).isDeepEqualTo(new int[][] {{0}, {0, 1}});
  }

  @Test
  void theLayoutOfOneHundredThousandIsRead() throws IOException {
    file("u.data", "1\t5\t4\t10\n1\t6\t4\t5\n");
    file("u.item", "5|A|1-1|||0|1|0\n6|B|1-1|||0|1|1\n");

    var watched = MovieLens.read(folder, 0, 1);

    assertThat(watched.byPerson()).isDeepEqualTo(new int[][] {{1, 0}});
    assertThat(watched.genres().orElseThrow()).isDeepEqualTo(new int[][] {{0}, {0, 1}});
  }

  @Test
  void titlesThatFewRatedAreLeftOutAndPeopleWithNothingElse() throws IOException {
    file("ratings.csv", "1,10,5,1\n2,10,5,1\n1,20,5,2\n3,20,5,1\n4,30,5,1\n");
    file("movies.csv", "10,A,War\n20,B,War\n30,C,War\n");

    var watched = MovieLens.read(folder, 0, 2);

    assertThat(watched.titles()).isEqualTo(2);
    assertThat(watched.byPerson()).isDeepEqualTo(new int[][] {{0, 1}, {0}, {1}});
  }

  @Test
  void twoFilesOfPairsAreACut() throws IOException {
    var train = file("train.tsv", "u1\ta\nu1\tb\t5.0\t99\nu2\ta\n");
    var test = file("test.tsv", "u1\tc\nu1\ta\nu3\tb\n");

    var holdout = PairFiles.read(train, test);

    assertThat(holdout.titles()).isEqualTo(3);
    assertThat(holdout.train()).isDeepEqualTo(new int[][] {{0, 1}, {0}, {}});
    assertThat(holdout.test()).isDeepEqualTo(new int[][] {{2}, {}, {1}});
  }

  @Test
  void whatIsNotSuchAFileIsRefusedWithItsLine() throws IOException {
    assertThatThrownBy(() -> MovieLens.read(folder, 0, 1))
        .isInstanceOf(UnreadableDataException.class)
        .hasMessageContaining("ratings.csv");

    file("ratings.csv", "userId,movieId,rating,timestamp\n1,2,good,3\n");
    assertThatThrownBy(() -> MovieLens.read(folder, 0, 1))
        .isInstanceOf(UnreadableDataException.class)
        .hasMessageContaining("ratings.csv, line 2: not a number");

    var shorter = file("short.tsv", "u1\ta\nu1 b\n");
    assertThatThrownBy(() -> PairFiles.read(shorter, shorter))
        .isInstanceOf(UnreadableDataException.class)
        .hasMessageContaining("short.tsv, line 2");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, ISO_8859_1);
  }
}
