package dev.lethe.vault.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Keeps what a thread prints from standard output; other threads print as before. */
final class Printed {
  private static final Object ONE_AT_A_TIME = new Object();

  private Printed() {}

  /** What an act printed, whether it failed or not; a failure of it goes on. */
  static void by(Runnable act, StringBuilder text) {
    synchronized (ONE_AT_A_TIME) {
      var before = System.out;
      var kept = new Divided(Thread.currentThread(), before);
      var divided = new PrintStream(kept, true, Charset.defaultCharset());
      System.setOut(divided);
      try {
        act.run();
      } finally {
        System.setOut(before);
        text.append(kept.own.toString(Charset.defaultCharset()));
      }
    }
  }

  private static final class Divided extends OutputStream {
    private final Thread owner;
    private final PrintStream others;
    private final ByteArrayOutputStream own = new ByteArrayOutputStream();

    Divided(Thread owner, PrintStream others) {
      this.owner = owner;
      this.others = others;
    }

    private OutputStream here() {
      return Thread.currentThread().equals(owner) ? own : others;
    }

    @Override
    public void write(int one) throws IOException {
      here().write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      here().write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      here().flush();
    }
  }
}
