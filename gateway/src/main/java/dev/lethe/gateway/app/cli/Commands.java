package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.config.ConfigReading;
import dev.lethe.gateway.app.config.EvalSettings;
import dev.lethe.gateway.app.config.InstanceSettings;
import dev.lethe.gateway.app.config.Settings;
import dev.lethe.gateway.app.story.CrashTest;
import dev.lethe.gateway.app.story.Demo;
import dev.lethe.gateway.app.story.Replay;
import dev.lethe.gateway.app.story.Stage;
import java.util.List;

/** All commands. */
final class Commands {
  static final List<Command> ALL =
      List.of(
          new Command(
              "up",
              "run everything in one process",
              InstanceSettings.withKeystore(),
              "0",
              new UpCommand()),
          new Command(
              "token",
              "print a token of the development issuer",
              List.of(Settings.SUB, Settings.SCOPE, Settings.TTL, InstanceSettings.DATA),
              "0",
              new TokenCommand()),
          new Command(
              "demo",
              "play the whole story on a fresh instance and say what happens",
              List.of(InstanceSettings.DATA),
              "0",
              Commands::demo),
          new Command(
              "replay",
              "play a RankLens events file on a fresh instance and measure",
              List.of(Settings.USERS),
              "1",
              Commands::replay),
          new Command(
              "audit verify",
              "check the hash chains of audit log and ledger",
              List.of(InstanceSettings.DATA),
              "0",
              Commands::auditVerify),
          new Command(
              "prove-erased",
              "attack copies of Redis: nothing of anybody erased may open",
              Settings.ofStores(Settings.BACKUP, Settings.SUB, Settings.ISS),
              "0",
              new ProveErasedCommand()),
          new Command(
              "backup",
              "copy store, ledger and audit log of a running instance, never its keys",
              Settings.ofStores(Settings.TO),
              "0",
              Commands::backup),
          new Command(
              "restore",
              "bring a backup back; says first what that means",
              Settings.ofStores(Settings.FROM, Settings.YES),
              "0",
              Commands::restore),
          KeystoreCommands.PASSPHRASE,
          KeystoreCommands.EXPORT,
          KeystoreCommands.IMPORT,
          new Command(
              "crash-test",
              "kill instance and Redis under load, and look for losses",
              List.of(Settings.ROUNDS, Settings.SEED, InstanceSettings.DATA),
              "0",
              Commands::crashTest),
          new Command(
              "eval",
              "measure how good rankings are on a data set",
              EvalSettings.withSeed(),
              "0..1",
              new EvalCommand()));

  private Commands() {}

  private static int demo(Invocation invocation) {
    return status(
        new Demo(stage(invocation), invocation.values().get(InstanceSettings.DATA)).play());
  }

  private static int replay(Invocation invocation) {
    return status(
        new Replay(
                stage(invocation),
                invocation.file().orElseThrow(),
                invocation.values().get(Settings.USERS))
            .play());
  }

  private static int crashTest(Invocation invocation) {
    return status(
        new CrashTest(
                stage(invocation),
                invocation.values().require(Settings.ROUNDS),
                invocation.values().require(Settings.SEED),
                invocation.values().get(InstanceSettings.DATA),
                invocation.surroundings().chains())
            .play());
  }

  private static int auditVerify(Invocation invocation) {
    var data = ConfigReading.data(invocation.values(), invocation.home());
    var report = invocation.surroundings().chains().check(data);
    invocation.out().println(report.fault().orElse(report.summary()));
    return status(report.fault().isEmpty());
  }

  private static int backup(Invocation invocation) {
    var values = invocation.values();
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .backup(ConfigReading.config(values, invocation.home()), values.require(Settings.TO)));
  }

  private static int restore(Invocation invocation) {
    var values = invocation.values();
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .restore(
                ConfigReading.config(values, invocation.home()),
                values.require(Settings.FROM),
                values.require(Settings.YES)));
  }

  private static Stage stage(Invocation invocation) {
    return new Stage(invocation.starter(), invocation.clock(), invocation.out(), invocation.err());
  }

  private static int status(boolean well) {
    return well ? Command.DONE : Command.FAILED;
  }
}
