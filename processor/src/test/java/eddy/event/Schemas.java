package eddy.event;

import eddy.config.FeatureSyntax;
import eddy.config.TargetSyntax;
import eddy.feature.EventSchema;

/** Schemas as a configuration would give them. */
final class Schemas {
  private Schemas() {}

  static EventSchema of(String features, String targets) {
    return EventSchema.of(
        FeatureSyntax.parse("eddy.features", features),
        TargetSyntax.parse("eddy.targets", targets));
  }
}
