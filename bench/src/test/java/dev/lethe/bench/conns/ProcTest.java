package dev.lethe.bench.conns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.bench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcTest {
  @Test
  void theResidentMemoryIsReadAndNoOther() {
    var status = "Name:\tjava\nVmHWM:\t  600000 kB\nVmRSS:\t  512000 kB\nRssAnon:\t 1 kB\n";

    assertThat(Proc.residentBytes(status)).isEqualTo(524_288_000);
    assertThatThrownBy(() -> Proc.residentBytes("Name:\tjava\n"))
        .isInstanceOf(BenchException.class);
  }

  @Test
  void theLimitThatCountsIsTheSoftOne() {
    var limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             94000                94000                processes
        Max open files            20000                1048576              files
        """;

    assertThat(Proc.mostOpenFiles(limits)).isEqualTo(20_000);
    assertThat(Proc.mostOpenFiles(limits.replace("20000  ", "unlimited")))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessIsSeen() {
    var self = Proc.of(ProcessHandle.current().pid());

    assertThat(self.residentBytes()).isGreaterThan(10_000_000);
    assertThat(self.openFiles()).isBetween(3L, self.mostOpenFiles());
  }
}
