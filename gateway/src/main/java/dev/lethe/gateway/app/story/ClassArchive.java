package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Classes of an instance, loaded once and mapped by each JVM that starts afterwards (application
 * class-data sharing). A JVM to which it does not fit starts without it.
 */
final class ClassArchive implements AutoCloseable {
  /** Of who lives for seconds: what compiles well would only be ready when it is over. */
  private static final List<String> SHORT_LIVED =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          // Of its own accord a JVM warns on standard output, where the instance says where it is.
          "-Xlog:disable",
          "-Xlog:all=warning:stderr");

  private final Path folder;

  private ClassArchive(Path folder) {
    this.folder = folder;
  }

  /** Makes one by a story of an instance's that ends by itself. */
  static ClassArchive make() {
    try {
      var archive = new ClassArchive(Files.createTempDirectory("lethe-classes-"));
      archive.fill();
      return archive;
    } catch (IOException e) {
      throw new FailedException("no folder for the class archive", e);
    }
  }

  private void fill() throws IOException {
    var command = new ArrayList<>(SHORT_LIVED);
    command.add(0, ChildInstance.JAVA);
    command.addAll(
        List.of(
            "-XX:ArchiveClassesAtExit=" + file(), "-cp", classPath(), ChildInstance.MAIN, "demo"));
    var log = folder.resolve("log").toFile();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    ChildInstance.withoutSettings(builder);
    int status;
    try {
      status = builder.start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
    if (status != 0 || !Files.exists(file())) {
      throw new FailedException("the demo fails, or its classes cannot be kept; see " + log);
    }
  }

  /**
   * That of this JVM without the Corretto provider: JDK 17 crashes when it keeps the lambdas of a
   * signed archive. Bouncy Castle checks tokens then.
   */
  String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("AmazonCorrettoCryptoProvider"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path file() {
    return folder.resolve("classes.jsa");
  }

  /** For a JVM with {@link #classPath}. */
  List<String> jvmOptions() {
    var options = new ArrayList<>(SHORT_LIVED);
    options.add("-XX:SharedArchiveFile=" + file());
    return options;
  }

  @Override
  public void close() {
    Trees.remove(folder);
  }
}
