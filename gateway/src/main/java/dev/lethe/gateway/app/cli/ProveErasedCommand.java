package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.VaultWork.Person;
import dev.lethe.gateway.app.config.ConfigReading;
import dev.lethe.gateway.app.config.Settings;
import dev.lethe.gateway.app.config.UsageException;

/** Attacks copies of Redis. */
final class ProveErasedCommand implements Command.Action {
  @Override
  public int run(Invocation invocation) {
    var values = invocation.values();
    var person =
        values.get(Settings.SUB).map(subject -> new Person(values.get(Settings.ISS), subject));
    if (person.isEmpty() && values.get(Settings.ISS).isPresent()) {
      throw new UsageException("--iss goes with --sub");
    }
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .proveErased(
                ConfigReading.config(values, invocation.home()),
                values.require(Settings.BACKUP),
                person,
                invocation.err()::println));
  }
}
