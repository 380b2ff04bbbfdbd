package eddy.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Changes good inputs into bad ones: some bytes, numbers, words, whole pieces, lengths. */
final class Mutation {
  private static final int MOST_BYTES = 1 << 14;

  /** Of inputs that are to be long or deep, one in so many. */
  private static final int SELDOM = 400;

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    127,
    128,
    255,
    256,
    1023,
    32_767,
    65_535,
    65_536,
    1 << 20,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  /** What any grammar may stumble over. */
  private static final List<String> WORDS =
      List.of(
          "0",
          "-0",
          "-1",
          "1e308",
          "-1e308",
          "1e309",
          "1e-320",
          "4.9e-324",
          "3.4028236e38",
          "NaN",
          "Infinity",
          "-Infinity",
          "1e999999999",
          "1e-999999999",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "2147483648",
          "0x10",
          "007",
          "1.",
          ".5",
          "+1",
          "null",
          "true",
          "false",
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\ufeff",
          "\u2028",
          "\ud83c\udf00",
          "\u00e9",
          "[",
          "]",
          "{",
          "}",
          ":",
          ",",
          "(",
          ")",
          "`",
          "'",
          "\n",
          "\r\n",
          "\t",
          " ",
          "#",
          "=",
          "@",
          "?",
          "..",
          "/",
          "%00",
          "1969-12-31T23:59:59Z",
          "0000-01-01",
          "9999-12-31T23:59:59.999Z",
          "+999999999-12-31T23:59:59Z",
          "2024-02-30",
          "PT0S",
          "PT-1S",
          "P999999999D",
          "PT2562047788015215H30M7S",
          "${env:HOME}");

  private static final byte[][] HALVES = {{(byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}};

  private final List<byte[]> words = new ArrayList<>();
  private final boolean sealed;
  private SplittableRandom random;
  private byte[] input;

  Mutation(List<String> more, boolean sealed) {
    this.sealed = sealed;
    WORDS.forEach(word -> words.add(bytes(word)));
    more.forEach(word -> words.add(bytes(word)));
    // what the grammar knows as often as what it does not
    for (int i = 0; !more.isEmpty() && i < WORDS.size(); i++) {
      words.add(bytes(more.get(i % more.size())));
    }
    words.addAll(List.of(HALVES));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A changed input; another one may lend pieces. */
  byte[] change(byte[] one, byte[] other, SplittableRandom chance) {
    random = chance;
    input = one.clone();
    int changes = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 1 << 5);
    for (int i = 0; i < changes; i++) {
      step(other);
    }
    if (random.nextInt(SELDOM) == 0) {
      stretch();
    }
    if (sealed && random.nextInt(4) > 0) {
      seal(input);
    }
    return input;
  }

  private void step(byte[] other) {
    if (input.length == 0) {
      insert(word());
      return;
    }
    int at = random.nextInt(input.length);
    switch (random.nextInt(12)) {
      case 0, 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> input[at] = (byte) random.nextInt(256);
      case 3 -> input[at] = (byte) (32 + random.nextInt(95));
      case 4, 5 -> insert(word());
      case 6 -> splice(at, word(), 1 + random.nextInt(8));
      case 7 -> splice(at, new byte[0], 1 + random.nextInt(16));
      case 8 -> splice(at, piece(input), 0);
      case 9 -> splice(at, piece(other), random.nextInt(16));
      case 10 -> input = Arrays.copyOf(input, at);
      default -> number(at);
    }
  }

  private byte[] word() {
    return words.get(random.nextInt(words.size()));
  }

  private byte[] piece(byte[] source) {
    int from = source.length == 0 ? 0 : random.nextInt(source.length);
    return Arrays.copyOfRange(source, from, Math.min(source.length, from + 1 + random.nextInt(32)));
  }

  private void insert(byte[] bytes) {
    splice(random.nextInt(input.length + 1), bytes, 0);
  }

  /** Puts bytes in the place of others. */
  private void splice(int at, byte[] bytes, int instead) {
    int end = Math.min(input.length, at + instead);
    if (input.length + bytes.length > MOST_BYTES) {
      return;
    }
    byte[] changed = Arrays.copyOf(input, at + bytes.length + input.length - end);
    System.arraycopy(bytes, 0, changed, at, bytes.length);
    System.arraycopy(input, end, changed, at + bytes.length, input.length - end);
    input = changed;
  }

  /** A binary number of 4 or 8 bytes. */
  private void number(int at) {
    boolean wide = random.nextBoolean();
    int bytes = wide ? Long.BYTES : Integer.BYTES;
    if (at + bytes > input.length) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(input);
    buffer.order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    if (wide) {
      buffer.putLong(at, random.nextInt(4) == 0 ? Double.doubleToRawLongBits(value) : value);
    } else {
      buffer.putInt(at, (int) value);
    }
  }

  /** Repeats a piece very often: long texts, deep nesting, many fields. */
  private void stretch() {
    byte[] piece = random.nextBoolean() ? word() : piece(input);
    if (piece.length == 0) {
      return;
    }
    byte[] many = new byte[piece.length * (1 + random.nextInt(MOST_BYTES / piece.length))];
    for (int i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    insert(Arrays.copyOf(many, Math.max(1, Math.min(many.length, MOST_BYTES - input.length))));
  }

  /** Repairs the checksum at the end. */
  static void seal(byte[] input) {
    int end = input.length - Integer.BYTES;
    if (end >= 0) {
      CRC32C checksum = new CRC32C();
      checksum.update(input, 0, end);
      ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).putInt(end, (int) checksum.getValue());
    }
  }
}
