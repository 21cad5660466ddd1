package dev.lethe.gateway.app.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of values that settings have. */
final class Parsers {
  /** Type of a keystore that a token wraps. */
  static final String PKCS11 = "pkcs11";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Duration MAX_TRAINING_PACE = Duration.ofHours(20);
  private static final int MAX_NAME = 200;
  private static final int MAX_PORT = 65_535;
  private static final Set<String> REDIS_SCHEMES = Set.of("redis", "rediss");

  private Parsers() {}

  static String text(String text, Path folder) {
    return text;
  }

  static String name(String text, Path folder) {
    if (text.isBlank() || text.length() > MAX_NAME) {
      throw new IllegalArgumentException("not a name of 1 to " + MAX_NAME + " characters");
    }
    return text;
  }

  static int port(String text, Path folder) {
    return (int) number(text, 0, MAX_PORT, "a port");
  }

  static int count(String text, Path folder) {
    return (int) number(text, 1, Integer.MAX_VALUE, "a number");
  }

  static long seed(String text, Path folder) {
    return number(text, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
  }

  static double decimal(String text, Path folder) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number", e);
    }
    throw new IllegalArgumentException("not a number from 0");
  }

  static double positiveDecimal(String text, Path folder) {
    double number = decimal(text, folder);
    if (number == 0) {
      throw new IllegalArgumentException("must be above 0");
    }
    return number;
  }

  static double probability(String text, Path folder) {
    double number = positiveDecimal(text, folder);
    if (number >= 1) {
      throw new IllegalArgumentException("must be below 1");
    }
    return number;
  }

  static Duration duration(String text, Path folder) {
    var parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a duration such as 90s, 15m, 24h or 7d");
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  static Duration positiveDuration(String text, Path folder) {
    Duration duration = duration(text, folder);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be longer than nothing");
    }
    return duration;
  }

  /** Erasures promise that within a day nothing is ranked by that was learned from the person. */
  static Duration trainingPace(String text, Path folder) {
    Duration duration = positiveDuration(text, folder);
    if (duration.compareTo(MAX_TRAINING_PACE) > 0) {
      throw new IllegalArgumentException("must be 20h at most");
    }
    return duration;
  }

  static Path path(String text, Path folder) {
    try {
      return folder.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path", e);
    }
  }

  static List<Path> paths(String text, Path folder) {
    return text.lines().map(line -> path(line, folder)).toList();
  }

  static List<Path> folders(String text, Path folder) {
    var paths = Stream.of(text.split(",", -1)).map(one -> path(one.strip(), folder)).toList();
    if (paths.stream().distinct().count() < paths.size() || text.matches("(.*,)?\\s*(,.*)?")) {
      throw new IllegalArgumentException("not different folders, separated by commas");
    }
    return paths;
  }

  static boolean flag(String text, Path folder) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("not true or false");
    }
    return text.equals("true");
  }

  static Path readableFile(String text, Path folder) {
    Path path = path(text, folder);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException("no readable file at " + path);
    }
    return path;
  }

  static Path fileToWrite(String text, Path folder) {
    Path path = path(text, folder);
    if (Files.isDirectory(path) || !Files.isDirectory(path.resolveSibling(""))) {
      throw new IllegalArgumentException("no file can be written at " + path);
    }
    return path;
  }

  static String host(String text, Path folder) {
    try {
      if (!text.equals(text.strip())) {
        throw new IllegalArgumentException("a host has no spaces around it");
      }
      InetAddress.getByName(text);
      return text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no such host", e);
    }
  }

  static String redisUri(String text, Path folder) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme();
      boolean socket = "unix".equals(scheme) && uri.getPath() != null && !uri.getPath().isEmpty();
      boolean server =
          scheme != null
              && REDIS_SCHEMES.contains(scheme)
              && uri.getHost() != null
              && uri.getPort() <= MAX_PORT;
      if (socket || server) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // The URI may carry a password, so neither it nor the parser's message is repeated.
      throw new IllegalArgumentException("not a URI");
    }
    throw new IllegalArgumentException("not a URI such as redis://host:6379");
  }

  static String keystoreType(String text, Path folder) {
    if (!text.equals("bcfks") && !text.equals(PKCS11)) {
      throw new IllegalArgumentException(
          "keystore type " + text + " is not supported, only bcfks and pkcs11 are");
    }
    return text;
  }

  static int slot(String text, Path folder) {
    return (int) number(text, 0, Integer.MAX_VALUE, "a slot");
  }

  static String noRate(String text, Path folder) {
    if (!text.equals("off")) {
      throw new IllegalArgumentException("rate limits are not supported yet; leave it out or off");
    }
    return text;
  }

  private static long number(String text, long least, long most, String kind) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not " + kind, e);
    }
    throw new IllegalArgumentException("not " + kind + " from " + least + " to " + most);
  }
}
