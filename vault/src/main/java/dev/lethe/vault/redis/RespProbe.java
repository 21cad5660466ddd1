package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One command to a Redis over its unix socket, blocking, with a deadline: what starting and
 * stopping a server needs. RESP2 (redis.io/docs/reference/protocol-spec).
 */
final class RespProbe implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer input = ByteBuffer.allocate(8_192).flip();
  private final long lateAt;

  private RespProbe(Path socket, Duration deadline) throws IOException {
    lateAt = System.nanoTime() + deadline.toNanos();
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    selector = Selector.open();
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The reply, its elements in order.
   *
   * @throws IOException when nobody answers in time or the connection ends
   * @throws RedisReplyException when the answer is an error
   */
  static List<String> call(Path socket, Duration deadline, String... command) throws IOException {
    try (var probe = new RespProbe(socket, deadline)) {
      var text = new StringBuilder("*" + command.length + "\r\n");
      for (var part : command) {
        text.append('$').append(part.getBytes(UTF_8).length).append("\r\n").append(part);
        text.append("\r\n");
      }
      // A few bytes: the socket's buffer takes them at once.
      probe.channel.write(UTF_8.encode(text.toString()));
      var reply = new ArrayList<String>();
      probe.readReply(reply);
      return reply;
    }
  }

  private void readReply(List<String> into) throws IOException {
    var line = readLine();
    var rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> into.add(rest);
      case '-' -> throw new RedisReplyException(rest);
      case '$' -> {
        if (!rest.equals("-1")) {
          into.add(readText(Integer.parseInt(rest)));
        }
      }
      case '*' -> {
        for (var left = Integer.parseInt(rest); left > 0; left--) {
          readReply(into);
        }
      }
      default -> throw new IOException("whoever answers is not a Redis");
    }
  }

  private String readText(int length) throws IOException {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = read();
    }
    readLine();
    return new String(bytes, UTF_8);
  }

  private String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = read(); b != '\n'; b = read()) {
      line.write(b);
    }
    var text = line.toString(UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private byte read() throws IOException {
    while (!input.hasRemaining()) {
      var left = (lateAt - System.nanoTime()) / 1_000_000;
      if (left <= 0 || selector.select(left) == 0) {
        throw new IOException("no answer in time");
      }
      selector.selectedKeys().clear();
      input.clear();
      var got = channel.read(input);
      input.flip();
      if (got < 0) {
        throw new EOFException("the connection ended");
      }
    }
    return input.get();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
