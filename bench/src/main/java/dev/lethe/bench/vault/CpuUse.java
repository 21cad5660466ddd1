package dev.lethe.bench.vault;

import com.sun.management.OperatingSystemMXBean;
import dev.lethe.bench.RedisTools;
import java.lang.management.ManagementFactory;

/**
 * Processor time that was used by this process, in which the vault is, and by its Redis; of this
 * process with all that belongs to it, as compiling and collecting.
 *
 * @param vault seconds
 * @param redis seconds, as {@code INFO cpu} counts them
 */
public record CpuUse(double vault, double redis) {
  /** What both have used since they began. */
  static CpuUse soFar(RedisTools redis) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuUse(
        system.getProcessCpuTime() / 1e9,
        redis.figure("cpu", "used_cpu_user") + redis.figure("cpu", "used_cpu_sys"));
  }

  CpuUse since(CpuUse before) {
    return new CpuUse(vault - before.vault, redis - before.redis);
  }
}
