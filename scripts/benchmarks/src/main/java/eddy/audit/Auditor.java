package eddy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Judges an app by its topics alone, through plain consumers and a JSON parser.
 *
 * <p>Every record of the input must have exactly one prediction or one dead letter, with its key
 * and time, in its order; a dead letter, the bytes that it is about. Two apps over the same input
 * must have written the same bytes.
 */
public final class Auditor {
  private static final int FIRST_CHUNK = 0;
  private static final int WRITE = Long.BYTES;
  private static final int VERSION_AND_LENGTH = Long.BYTES + Integer.BYTES;

  private final ObjectMapper json = new ObjectMapper();
  private final TopicReader topics;
  private final String input;
  private final Map<Integer, List<Input>> inputs = new TreeMap<>();

  /** What an answer is compared with; the value by its hash. */
  private record Input(long offset, byte[] key, byte[] sha256, long timestamp) {}

  /** Reads the input of the apps that are judged. */
  public Auditor(String bootstrapServers, String input) {
    topics = new TopicReader(bootstrapServers);
    this.input = input;
    topics.read(
        input,
        record ->
            inputs
                .computeIfAbsent(record.partition(), p -> new ArrayList<>())
                .add(
                    new Input(
                        record.offset(), record.key(), hash(record.value()), record.timestamp())));
  }

  /**
   * Counts what answers the input.
   *
   * @param predictions topic with a record for each event
   * @param deadLetters topic with a record for each event that could not be read; those that name
   *     another topic than the input are passed over
   */
  public Findings answers(String predictions, String deadLetters) {
    Findings.Book book = new Findings.Book();
    Map<Integer, int[]> counts = new HashMap<>();
    Map<Integer, Map<Long, Integer>> places = new HashMap<>();
    inputs.forEach(
        (partition, records) -> {
          counts.put(partition, new int[records.size()]);
          Map<Long, Integer> byOffset = new HashMap<>();
          for (int i = 0; i < records.size(); i++) {
            byOffset.put(records.get(i).offset(), i);
          }
          places.put(partition, byOffset);
        });
    Map<String, Long> newest = new HashMap<>();
    topics.read(predictions, record -> prediction(record, counts, places, newest, book));
    topics.read(deadLetters, record -> deadLetter(record, counts, places, book));
    counts.forEach(
        (partition, answers) -> {
          for (int i = 0; i < answers.length; i++) {
            book.inputs++;
            String place = input + "-" + partition + "-" + inputs.get(partition).get(i).offset();
            if (answers[i] == 0) {
              book.lost(place + " has no answer");
            } else if (answers[i] > 1) {
              book.duplicated(place + " has " + answers[i] + " answers");
            }
          }
        });
    return book.close();
  }

  private void prediction(
      ConsumerRecord<byte[], byte[]> record,
      Map<Integer, int[]> counts,
      Map<Integer, Map<Long, Integer>> places,
      Map<String, Long> newest,
      Findings.Book book) {
    String place = record.topic() + "-" + record.partition() + "-" + record.offset();
    JsonNode prediction;
    try {
      prediction = json.readTree(record.value());
    } catch (IOException e) {
      book.different(place + " is no JSON: " + e.getMessage());
      return;
    }
    String id = prediction.path("id").asText();
    String[] words = id.split("-");
    int partition = Integer.parseInt(words[words.length - 2]);
    long offset = Long.parseLong(words[words.length - 1]);
    Integer index = places.getOrDefault(partition, Map.of()).get(offset);
    if (index == null || !id.startsWith(input + "-")) {
      book.different(place + " answers " + id + ", which is not there");
      return;
    }
    book.predictions++;
    counts.get(partition)[index]++;
    Input asked = inputs.get(partition).get(index);
    boolean same =
        Arrays.equals(record.key(), asked.key())
            && record.timestamp() == asked.timestamp()
            && prediction
                .path("key")
                .asText()
                .equals(new String(asked.key(), StandardCharsets.UTF_8))
            && Instant.parse(prediction.path("timestamp").asText()).toEpochMilli()
                == asked.timestamp();
    if (!same) {
      book.different(place + " has not the key and time of " + id);
    }
    Long before = newest.put(record.partition() + " " + partition, offset);
    if (before != null && before >= offset) {
      book.different(place + " answers " + id + " after that of offset " + before);
    }
    for (JsonNode said : prediction.path("predictions")) {
      if (!said.path("value").isNumber() && !said.path("value").isTextual()) {
        book.different(place + " says nothing: " + said);
      }
    }
  }

  private void deadLetter(
      ConsumerRecord<byte[], byte[]> record,
      Map<Integer, int[]> counts,
      Map<Integer, Map<Long, Integer>> places,
      Findings.Book book) {
    if (!input.equals(header(record, "eddy.error.topic"))) {
      return;
    }
    String place = record.topic() + "-" + record.partition() + "-" + record.offset();
    int partition = Integer.parseInt(header(record, "eddy.error.partition"));
    long offset = Long.parseLong(header(record, "eddy.error.offset"));
    Integer index = places.getOrDefault(partition, Map.of()).get(offset);
    if (index == null) {
      book.different(place + " is about " + partition + "-" + offset + ", which is not there");
      return;
    }
    book.deadLetters++;
    counts.get(partition)[index]++;
    Input asked = inputs.get(partition).get(index);
    boolean same =
        Arrays.equals(record.key(), asked.key())
            && HexFormat.of().formatHex(asked.sha256()).equals(header(record, "eddy.error.sha256"))
            && Arrays.equals(hash(record.value()), asked.sha256());
    if (!same || header(record, "eddy.error.reason").isBlank()) {
      book.different(place + " is not what was rejected at " + partition + "-" + offset);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Compares everything but offsets of two topics, record by record. */
  public Findings same(String found, String expected) {
    Findings.Book book = new Findings.Book();
    Map<Integer, List<byte[]>> left = hashes(found);
    Map<Integer, List<byte[]>> right = hashes(expected);
    for (int partition : right.keySet()) {
      List<byte[]> ours = left.getOrDefault(partition, List.of());
      List<byte[]> theirs = right.get(partition);
      book.inputs += theirs.size();
      if (ours.size() != theirs.size()) {
        book.different(
            found + "-" + partition + " has " + ours.size() + " records, not " + theirs.size());
      }
      for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
        if (!Arrays.equals(ours.get(i), theirs.get(i))) {
          book.different("record " + i + " of " + found + "-" + partition + " differs");
        }
      }
    }
    if (!right.keySet().containsAll(left.keySet())) {
      book.different(found + " has records in partitions where " + expected + " has none");
    }
    return book.close();
  }

  /** By partition, a hash of each record in order. */
  public Map<Integer, List<byte[]>> hashes(String topic) {
    Map<Integer, List<byte[]>> hashes = new TreeMap<>();
    topics.read(
        topic,
        record ->
            hashes.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(hash(record)));
    return hashes;
  }

  /**
   * Compares what two changelogs of a store have left at their ends, without the numbers of the
   * writes, which depend on when commits happened.
   */
  public Findings sameState(String found, String expected) {
    Findings.Book book = new Findings.Book();
    Map<String, byte[]> left = state(found);
    Map<String, byte[]> right = state(expected);
    book.inputs = right.size();
    right.forEach(
        (key, value) -> {
          if (!left.containsKey(key)) {
            book.different(found + " has nothing under " + key);
          } else if (!Arrays.equals(left.get(key), value)) {
            book.different(found + " has another value under " + key);
          }
        });
    left.keySet().stream()
        .filter(key -> !right.containsKey(key))
        .forEach(key -> book.different(found + " has " + key + ", which should not be there"));
    return book.close();
  }

  private Map<String, byte[]> state(String changelog) {
    Map<String, byte[]> state = new TreeMap<>();
    topics.read(
        changelog,
        record -> {
          String place = record.partition() + " " + HexFormat.of().formatHex(record.key());
          if (record.value() == null) {
            state.remove(place);
          } else {
            state.put(place, content(record));
          }
        });
    return state;
  }

  /** A stored value: version, length, where it is a first chunk its parts' too, then bytes. */
  private static byte[] content(ConsumerRecord<byte[], byte[]> record) {
    ByteBuffer stored = ByteBuffer.wrap(record.value());
    int begin = VERSION_AND_LENGTH;
    if (record.key()[0] == FIRST_CHUNK) {
      begin += Integer.BYTES + stored.getInt(VERSION_AND_LENGTH) * VERSION_AND_LENGTH;
    }
    byte[] content = Arrays.copyOfRange(stored.array(), begin - Integer.BYTES, stored.capacity());
    // the value's length in place of what stood before its bytes
    ByteBuffer.wrap(content).putInt(stored.getInt(WRITE));
    return content;
  }

  /** A hash of everything about a record but its offset. */
  public static byte[] hash(ConsumerRecord<byte[], byte[]> record) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).array());
    update(digest, record.key());
    update(digest, record.value());
    for (Header header : record.headers()) {
      update(digest, header.key().getBytes(StandardCharsets.UTF_8));
      update(digest, header.value());
    }
    return digest.digest();
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static byte[] hash(byte[] bytes) {
    return sha256().digest(Objects.requireNonNullElse(bytes, new byte[0]));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
