/** What a run of the learner leaves behind: its scored predictions, its metrics, its table. */
package eddy.report;
