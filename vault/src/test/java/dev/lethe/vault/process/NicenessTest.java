package dev.lethe.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class NicenessTest {
  /** Behind the name in proc(5)'s stat, which is in parentheses and may hold spaces. */
  private static final int NICE = 16;

  private static int ofThisThread() throws IOException {
    var stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
  }

  @Test
  void oneThreadGivesWayAndNoOther() throws IOException, InterruptedException, ExecutionException {
    int before = ofThisThread();
    var executor = Executors.newSingleThreadExecutor();
    try {
      int lowered =
          executor
              .submit(
                  () -> {
                    Niceness.lowerThisThread();
                    return ofThisThread();
                  })
              .get();

      assertThat(lowered).isGreaterThan(before);
      assertThat(ofThisThread()).isEqualTo(before);
    } finally {
      executor.shutdown();
    }
  }
}
