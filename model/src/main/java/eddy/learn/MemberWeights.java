package eddy.learn;

import eddy.cell.CellWeights;
import eddy.readout.ReadoutWeights;

/**
 * What one member of the panel has learned.
 *
 * @param cells by group of cells, empty where it has none
 * @param cellSlots optimiser memory of the cells [group][slots * P]
 * @param clip running size of the cells' gradient
 * @param readouts of numbers, of classes, those it has
 */
record MemberWeights(
    CellWeights[] cells, float[][] cellSlots, double[] clip, ReadoutWeights[] readouts) {}
