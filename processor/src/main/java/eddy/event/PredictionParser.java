package eddy.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import eddy.event.PredictionRecord.OfClass;
import eddy.event.PredictionRecord.OfNumber;
import eddy.event.PredictionRecord.Prediction;
import eddy.learn.Outcome;
import eddy.learn.Spread;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads prediction records. */
final class PredictionParser {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // RFC 8259: JSON between systems is UTF-8
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PredictionParser() {}

  /** The record; IllegalArgumentException where the bytes are none. */
  static PredictionRecord parse(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      return record(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a prediction record: " + e.getMessage(), e);
    }
  }

  private static PredictionRecord record(JsonParser parser) throws IOException {
    String id = null;
    String key = null;
    long timestamp = TimeText.NONE;
    String labelled = null;
    String learner = null;
    long updates = 0;
    Map<String, Prediction> predictions = Map.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (field) {
        case "id" -> id = text(parser);
        case "key" -> key = text(parser);
        case "timestamp" -> timestamp = TimeText.parse(String.valueOf(text(parser)));
        case "labelled" -> labelled = text(parser);
        case "learner" -> learner = text(parser);
        case "updates" -> updates = parser.getLongValue();
        case "predictions" -> {
          expect(parser, token, JsonToken.START_OBJECT);
          predictions = predictions(parser);
        }
        default -> parser.skipChildren();
      }
    }
    if (id == null || learner == null || timestamp == TimeText.NONE) {
      throw new IllegalArgumentException(
          "not a prediction record: it needs id, learner and timestamp");
    }
    return new PredictionRecord(
        id, key, timestamp, labelled == null ? id : labelled, learner, updates, predictions);
  }

  private static Map<String, Prediction> predictions(JsonParser parser) throws IOException {
    Map<String, Prediction> predictions = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String target = parser.currentName();
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      predictions.put(target, prediction(parser));
    }
    return predictions;
  }

  private static Prediction prediction(JsonParser parser) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Double> distribution = null;
    Map<String, Double> quantiles = Map.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("distribution")) {
        expect(parser, token, JsonToken.START_OBJECT);
        distribution = distribution(parser);
      } else if (field.equals("quantiles")) {
        expect(parser, token, JsonToken.START_OBJECT);
        quantiles = distribution(parser);
      } else if (token == JsonToken.VALUE_STRING) {
        values.put(field, parser.getText());
      } else if (token.isNumeric()) {
        values.put(field, parser.getDoubleValue());
      } else {
        parser.skipChildren();
      }
    }
    Outcome.Source source =
        "model".equals(values.get("source")) ? Outcome.Source.MODEL : Outcome.Source.BASELINE;
    if (distribution == null) {
      return new OfNumber(
          number(values, "value"),
          number(values, "model"),
          number(values, "baseline"),
          source,
          spread(values, quantiles));
    }
    return new OfClass(
        name(values, "value"),
        name(values, "model"),
        name(values, "baseline"),
        source,
        number(values, "probability"),
        distribution,
        number(values, "unassigned"));
  }

  private static Spread spread(Map<String, Object> values, Map<String, Double> quantiles) {
    if (!quantiles.isEmpty()) {
      return new Spread.Quantiles(
          quantiles.keySet().stream().map(Double::valueOf).toList(),
          List.copyOf(quantiles.values()));
    }
    return values.get("deviation") instanceof Double deviation
        ? new Spread.Deviation(deviation)
        : Spread.NONE;
  }

  private static Map<String, Double> distribution(JsonParser parser) throws IOException {
    Map<String, Double> distribution = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean number = parser.nextToken().isNumeric();
      distribution.put(name, number ? parser.getDoubleValue() : Double.NaN);
    }
    return distribution;
  }

  private static double number(Map<String, Object> values, String field) {
    return values.get(field) instanceof Double number ? number : Double.NaN;
  }

  private static String name(Map<String, Object> values, String field) {
    return values.get(field) instanceof String name ? name : null;
  }

  private static String text(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  private static void expect(JsonParser parser, JsonToken token, JsonToken wanted) {
    if (token != wanted) {
      throw new IllegalArgumentException(
          "not a prediction record: expected "
              + wanted
              + " at byte "
              + parser.currentTokenLocation().getByteOffset()
              + ", got "
              + token);
    }
  }
}
