package dev.lethe.gateway.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.gateway.app.ChainsCheck;
import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.RunningInstance;
import dev.lethe.gateway.app.VaultWork;
import dev.lethe.gateway.app.config.Setting;
import dev.lethe.gateway.app.config.UsageException;
import dev.lethe.gateway.app.config.Values;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs commands. Exit status: 0 done, 1 failed, 2 asked wrongly; in the two latter cases one line
 * on the error stream says why. A proof that proves nothing either way ends with 3.
 */
public final class Cli {
  private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

  private final Invocation.Surroundings surroundings;
  private final Map<String, String> environment;
  private final List<Command> commands;

  /**
   * @param home folder of the launcher
   * @param folder working directory
   * @param out for the command's result and nothing else
   */
  public Cli(
      Path home,
      Path folder,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      Clock clock,
      RunningInstance.Starter starter,
      ChainsCheck chains,
      VaultWork work) {
    this.surroundings =
        new Invocation.Surroundings(home, folder, out, err, clock, starter, chains, work);
    this.environment = Map.copyOf(environment);
    this.commands = Commands.ALL;
  }

  /** Runs one command and answers the exit status. */
  public int run(String... arguments) {
    try {
      return parsed(arguments);
    } catch (ParameterException | UsageException e) {
      return complain(e, Command.USAGE);
    } catch (FailedException e) {
      LOG.debug("failed", e);
      return complain(e, Command.FAILED);
    } catch (RuntimeException e) {
      LOG.debug("failed unexpectedly", e);
      return complain(e, Command.FAILED);
    }
  }

  private int complain(RuntimeException reason, int status) {
    String line =
        Optional.ofNullable(reason.getMessage())
            .flatMap(message -> message.lines().findFirst())
            .orElse(reason.getClass().getSimpleName());
    surroundings.err().println("lethe: " + line);
    return status;
  }

  private int parsed(String... arguments) {
    var line = new CommandLine(spec());
    line.setExpandAtFiles(false);
    line.setOut(new PrintWriter(surroundings.out(), true, UTF_8));
    line.setErr(new PrintWriter(surroundings.err(), true, UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    ParseResult result = line.parseArgs(arguments);
    if (CommandLine.printHelpIfRequested(result)) {
      return Command.DONE;
    }
    var words = new StringBuilder();
    while (result.hasSubcommand()) {
      result = result.subcommand();
      words.append(words.isEmpty() ? "" : " ").append(result.commandSpec().name());
    }
    String name = words.toString();
    Command command =
        commands.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new UsageException("which command? See lethe --help"));
    return command.action().run(invocation(result));
  }

  private Invocation invocation(ParseResult result) {
    var options = new HashMap<String, String>();
    result
        .matchedOptions()
        .forEach(
            option ->
                options.put(
                    option.longestName().substring("--".length()), text(option.getValue())));
    Optional<Path> file =
        result.matchedPositionals().stream()
            .findFirst()
            .map(positional -> surroundings.folder().resolve(positional.<String>getValue()));
    var values = Values.read(options, environment, surroundings.folder());
    return new Invocation(values, file, surroundings);
  }

  private static String text(Object value) {
    return value instanceof String[] many ? String.join(Setting.BETWEEN, many) : value.toString();
  }

  private CommandSpec spec() {
    var root = group("lethe", "A gateway for services that personalise.");
    var groups = new HashMap<String, CommandSpec>();
    for (var command : commands) {
      int space = command.name().indexOf(' ');
      var parent = root;
      if (space > 0) {
        String name = command.name().substring(0, space);
        parent = groups.computeIfAbsent(name, first -> group(first, command.help()));
      }
      String last = command.name().substring(space + 1);
      parent.addSubcommand(last, leaf(last, command));
    }
    groups.forEach(root::addSubcommand);
    root.usageMessage().footer("For measuring: ./lethe bench --help");
    return root;
  }

  private static CommandSpec group(String name, String help) {
    var spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.version("lethe " + version());
    spec.usageMessage().description(help);
    return spec;
  }

  private static CommandSpec leaf(String name, Command command) {
    var spec = group(name, command.help());
    spec.usageMessage().sortOptions(false);
    for (var setting : command.settings()) {
      spec.addOption(option(setting));
    }
    spec.addOption(
        OptionSpec.builder("--" + Values.CONFIG)
            .paramLabel("FILE")
            .type(String.class)
            .description("YAML file of settings")
            .build());
    if (!command.files().equals("0")) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index("0")
              .arity(command.files())
              .paramLabel("FILE")
              .type(String.class)
              .required(command.files().equals("1"))
              .build());
    }
    return spec;
  }

  private static OptionSpec option(Setting<?> setting) {
    String standard = setting.standard().map(text -> " (" + text + ")").orElse("");
    var option =
        OptionSpec.builder("--" + setting.option())
            .paramLabel(setting.label())
            .description(setting.help() + standard);
    return switch (setting.shape()) {
      case ONE -> option.type(String.class).build();
      case MANY -> option.type(String[].class).arity("1..*").build();
      case FLAG -> option.type(String.class).arity("0..1").fallbackValue("true").build();
    };
  }

  private static String version() {
    return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
