package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One connection to a Redis, blocking, for commands whose replies are bytes. RESP2
 * (redis.io/docs/reference/protocol-spec). For one thread at a time.
 */
final class RespConnection implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final RedisSocket socket;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  RespConnection(RedisSocket socket) {
    this.socket = socket;
  }

  /** Connects to the server of a URI, proves who we are and chooses the database. */
  static RespConnection open(RedisAddress address) throws IOException {
    var connection = new RespConnection(address.connect());
    try {
      if (address.password().isPresent()) {
        var password = address.password().get();
        connection.call(
            address
                .user()
                .map(user -> new String[] {"AUTH", user, password})
                .orElseGet(() -> new String[] {"AUTH", password}));
      }
      if (address.database() != 0) {
        connection.call("SELECT", Integer.toString(address.database()));
      }
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The reply, its elements in order, nested ones too; what is nil is left out.
   *
   * @throws RedisReplyException when the answer is an error
   */
  List<byte[]> call(byte[]... command) throws IOException {
    send(command);
    var reply = new ArrayList<byte[]>();
    readReply(reply);
    return reply;
  }

  List<byte[]> call(String... command) throws IOException {
    return call(Arrays.stream(command).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new));
  }

  /** A reply that is one text; empty when it is nil. */
  Optional<String> text(String... command) throws IOException {
    return call(command).stream().findFirst().map(bytes -> new String(bytes, UTF_8));
  }

  void send(byte[]... command) throws IOException {
    var out = new ByteArrayOutputStream();
    out.writeBytes(("*" + command.length + "\r\n").getBytes(UTF_8));
    for (var word : command) {
      out.writeBytes(("$" + word.length + "\r\n").getBytes(UTF_8));
      out.writeBytes(word);
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    socket.write(out.toByteArray());
  }

  private void readReply(List<byte[]> into) throws IOException {
    var line = readLine();
    if (line.isEmpty()) {
      throw new IOException("whoever answers is not a Redis");
    }
    var rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> into.add(rest.getBytes(UTF_8));
      case '-' -> throw new RedisReplyException(rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          into.add(readBytes(length));
          readLine();
        }
      }
      case '*' -> {
        for (int left = Integer.parseInt(rest); left > 0; left--) {
          readReply(into);
        }
      }
      default -> throw new IOException("whoever answers is not a Redis");
    }
  }

  private byte[] readBytes(int length) throws IOException {
    var bytes = new byte[length];
    for (int got = 0; got < length; ) {
      got += read(bytes, got, length - got);
    }
    return bytes;
  }

  /** The text before the next line end. */
  String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = read(); next != '\n'; next = read()) {
      line.write(next);
    }
    var text = line.toString(UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int read() throws IOException {
    fill();
    return buffer[at++];
  }

  /** Reads at least one byte. */
  int read(byte[] into, int offset, int length) throws IOException {
    fill();
    int some = Math.min(length, end - at);
    System.arraycopy(buffer, at, into, offset, some);
    at += some;
    return some;
  }

  private void fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, socket.read(buffer));
      if (end == 0) {
        throw new EOFException("Redis ended the connection");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
