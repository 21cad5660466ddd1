package dev.lethe.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class NicenessTest {
  private static final String THIS = "thread-self";

  @Test
  void oneThreadGivesWayAndNoOther() throws IOException, InterruptedException, ExecutionException {
    int before = Niceness.of(THIS);
    assumeThat(before).as("what is as low is not lowered").isLessThan(10);
    var executor = Executors.newSingleThreadExecutor();
    try {
      int lowered =
          executor
              .submit(
                  () -> {
                    Niceness.lowerThisThread();
                    Niceness.lowerThisThread();
                    return Niceness.of(THIS);
                  })
              .get();

      assertThat(lowered).isEqualTo(10);
      assertThat(Niceness.of(THIS)).isEqualTo(before);
    } finally {
      executor.shutdown();
    }
  }
}
