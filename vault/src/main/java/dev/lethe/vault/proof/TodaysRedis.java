package dev.lethe.vault.proof;

import dev.lethe.vault.redis.RunningRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Redis holds now, asked of the server that runs.
 *
 * @param name for people
 */
public record TodaysRedis(String name, RunningRedis server) implements Source {
  /**
   * The server of a URI, or that of a data folder, or else the files in it.
   *
   * @throws AofFormatException when there is nothing of Redis
   */
  public static List<Source> of(Optional<String> uri, Path data) throws IOException {
    var running = uri.isPresent() ? uri.map(RunningRedis::at) : RunningRedis.in(data);
    if (running.isPresent()) {
      return List.of(new TodaysRedis("today's Redis", running.get()));
    }
    var files = data.resolve("redis");
    if (!Files.isDirectory(files)) {
      throw new AofFormatException("there is no Redis in " + data);
    }
    return Copies.at(files);
  }

  @Override
  public void read(Consumer<AofCommand> visitor) throws IOException {
    server.each(words -> visitor.accept(new AofCommand(words)));
  }
}
