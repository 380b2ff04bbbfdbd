package eddy.event;

/** The classes behind the slots of category targets. */
@FunctionalInterface
public interface SlotNames {
  /** Name of the class in a slot of a target; null where the slot is not assigned. */
  String name(int target, int slot);
}
