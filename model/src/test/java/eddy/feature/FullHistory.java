package eddy.feature;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Oracle of the encoders: keeps every event and evaluates each link where it is written, by its
 * definition over the whole history. Statistics are two passes over all values so far.
 */
final class FullHistory {
  private final FeatureSpec spec;
  private final boolean label;
  private final Map<String, List<Values>> byKey = new HashMap<>();
  private final List<Double> signals = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /** The values of one event by field. */
  record Values(String key, Map<String, Double> numbers, Map<String, String> texts) {}

  /** A value on its way through the links; null where it is missing. */
  private sealed interface Signal {
    record Text(String text) implements Signal {}

    record Vector(double... values) implements Signal {}

    record Choice(int index, int of) implements Signal {}
  }

  FullHistory(FeatureSpec spec, boolean label) {
    this.spec = spec;
    this.label = label;
  }

  /** What the feature gives for an event that follows those that were added. */
  double[] encode(Values event) {
    List<Values> history = new ArrayList<>(byKey.getOrDefault(event.key(), List.of()));
    history.add(event);
    List<String> links = links(spec);
    int from = 0;
    int to = 0;
    int range = -1;
    for (int i = 0; i < links.size(); i++) {
      if (links.get(i).contains("..")) {
        range = i;
        String[] ends = links.get(i).substring(4, links.get(i).length() - 1).split("\\.\\.");
        from = Integer.parseInt(ends[0]);
        to = Integer.parseInt(ends[1]);
      }
    }
    double[] all = {};
    boolean missing = false;
    for (int lag = from; lag <= to; lag++) {
      List<String> single = new ArrayList<>(links);
      if (range >= 0) {
        single.set(range, "lag(" + lag + ")");
      }
      Signal signal = evaluate(single, single.size(), history, history.size() - 1);
      missing |= signal == null;
      double[] lane = scaled(signal, single);
      int start = all.length;
      all = Arrays.copyOf(all, start + lane.length);
      System.arraycopy(lane, 0, all, start, lane.length);
    }
    if (spec.optional()) {
      all = Arrays.copyOf(all, all.length + 1);
      all[all.length - 1] = missing ? 1 : 0;
    }
    return all;
  }

  void add(Values event) {
    List<Values> history = byKey.computeIfAbsent(event.key(), key -> new ArrayList<>());
    history.add(event);
    List<String> links = new ArrayList<>(links(spec));
    links.removeIf(link -> link.startsWith("lag(") || link.startsWith("category"));
    if (evaluate(links, links.size(), history, history.size() - 1) instanceof Signal.Vector x
        && x.values().length == 1) {
      signals.add(x.values()[0]);
    }
    String text = event.texts().get(spec.field());
    if (text != null && !texts.contains(text)) {
      texts.add(text);
    }
  }

  private static List<String> links(FeatureSpec spec) {
    return spec.chain().stream().map(Object::toString).toList();
  }

  private Signal evaluate(List<String> links, int count, List<Values> history, int event) {
    if (count == 0) {
      return field(links, history.get(event));
    }
    String link = links.get(count - 1);
    String name = link.replaceAll("\\(.*", "");
    String argument =
        link.contains("(") ? link.substring(name.length() + 1, link.length() - 1) : "";
    if (name.equals("position")) {
      return new Signal.Vector(event);
    }
    if (name.equals("lag")) {
      int back = Integer.parseInt(argument);
      boolean unseen = label && event == 0;
      return unseen ? null : evaluate(links, count - 1, history, Math.max(0, event - back));
    }
    Signal input = evaluate(links, count - 1, history, event);
    if (input == null) {
      return null;
    }
    if (input instanceof Signal.Text text) {
      int slots = Integer.parseInt(argument);
      int seen = texts.contains(text.text()) ? texts.indexOf(text.text()) : texts.size();
      return new Signal.Choice(Math.min(seen, slots - 1), slots);
    }
    double x = ((Signal.Vector) input).values()[0];
    return switch (name) {
      case "standard", "raw" -> input;
      case "log" -> new Signal.Vector(Math.signum(x) * Math.log(1 + Math.abs(x)));
      case "clip" -> clip(x, Double.parseDouble(argument), links.subList(0, count - 1));
      case "diff" -> change(x, past(links, count, history, event, Integer.parseInt(argument)));
      case "gap" -> gap(x, past(links, count, history, event, 1));
      case "hour-of-day" -> waves(x + offset(argument), 86_400_000.0, 3);
      case "day-of-year" -> waves(x + offset(argument), 365.2425 * 86_400_000, 2);
      case "day-of-week" -> weekday(x + offset(argument));
      default -> throw new AssertionError(link);
    };
  }

  private Signal past(List<String> links, int count, List<Values> history, int event, int back) {
    return evaluate(links, count - 1, history, Math.max(0, event - back));
  }

  private Signal field(List<String> links, Values event) {
    if (links.stream().anyMatch(link -> link.startsWith("category"))) {
      String text = event.texts().get(spec.field());
      return text == null ? null : new Signal.Text(text);
    }
    Double number = event.numbers().get(spec.field());
    return number == null ? null : new Signal.Vector(number);
  }

  // a clip after a scale acts on the scaled value and is done in scaled()
  private static Signal clip(double x, double limit, List<String> before) {
    boolean late = before.contains("standard") || before.contains("raw");
    return new Signal.Vector(late ? x : Math.max(-limit, Math.min(limit, x)));
  }

  private static Signal change(double x, Signal past) {
    return past == null ? null : new Signal.Vector(x - ((Signal.Vector) past).values()[0]);
  }

  private static Signal gap(double x, Signal past) {
    if (past == null) {
      return null;
    }
    double seconds = (x - ((Signal.Vector) past).values()[0]) / 1000;
    return new Signal.Vector(seconds > 0 ? Math.log(1 + seconds) : 0);
  }

  private static Signal waves(double time, double period, int harmonics) {
    double[] values = new double[2 * harmonics];
    for (int h = 1; h <= harmonics; h++) {
      values[2 * h - 2] = Math.sin(2 * Math.PI * h * (time / period));
      values[2 * h - 1] = Math.cos(2 * Math.PI * h * (time / period));
    }
    return new Signal.Vector(values);
  }

  private static Signal weekday(double time) {
    DayOfWeek day = Instant.ofEpochMilli((long) time).atOffset(ZoneOffset.UTC).getDayOfWeek();
    return new Signal.Choice(day.getValue() - 1, 7);
  }

  private static double offset(String argument) {
    if (argument.isEmpty()) {
      return 0;
    }
    double amount = Double.parseDouble(argument.substring(0, argument.length() - 1));
    return amount
        * switch (argument.charAt(argument.length() - 1)) {
          case 'd' -> 86_400_000;
          case 'h' -> 3_600_000;
          case 'm' -> 60_000;
          default -> throw new AssertionError(argument);
        };
  }

  private double[] scaled(Signal signal, List<String> links) {
    if (signal instanceof Signal.Choice choice) {
      double[] values = new double[choice.of()];
      values[choice.index()] = 1;
      return values;
    }
    int width = links.stream().mapToInt(FullHistory::width).max().orElse(1);
    if (width > 1) {
      return signal instanceof Signal.Vector vector ? vector.values() : new double[width];
    }
    double mean = signals.stream().mapToDouble(x -> x).average().orElse(0);
    boolean raw = links.contains("raw");
    if (signal == null) {
      return new double[] {raw && spec.optional() ? mean : 0};
    }
    double x = ((Signal.Vector) signal).values()[0];
    if (!raw) {
      double variance =
          signals.stream().mapToDouble(y -> (y - mean) * (y - mean)).average().orElse(0);
      x = variance == 0 ? 0 : Math.max(-6, Math.min(6, (x - mean) / Math.sqrt(variance)));
    }
    int scale = Math.max(links.indexOf("standard"), links.indexOf("raw"));
    for (String link : links.subList(scale < 0 ? links.size() : scale, links.size())) {
      if (link.startsWith("clip")) {
        double limit = Double.parseDouble(link.substring(5, link.length() - 1));
        x = Math.max(-limit, Math.min(limit, x));
      }
    }
    return new double[] {x};
  }

  private static int width(String link) {
    if (link.startsWith("category")) {
      return Integer.parseInt(link.substring(9, link.length() - 1));
    }
    return switch (link.replaceAll("\\(.*", "")) {
      case "hour-of-day" -> 6;
      case "day-of-week" -> 7;
      case "day-of-year" -> 4;
      default -> 1;
    };
  }
}
