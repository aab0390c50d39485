/**
 * The area under the ROC curve for distinguishing two groups by their values: the share of pairs in which the value
 * of the second group is the larger one, with a half for equal ones. 0.5 when the groups cannot be distinguished.
 */
export function areaUnderCurve(first: readonly number[], second: readonly number[]): number {
  let larger = 0;
  for (const a of first) for (const b of second) larger += b > a ? 1 : b === a ? 0.5 : 0;
  return larger / (first.length * second.length);
}
