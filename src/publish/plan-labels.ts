import type { MergeRequestAddress } from '../model/context.ts';
import type { Write } from '../model/write.ts';

/** A label of Herald's and whether it should be there; null leaves it as it is. */
export interface WantedLabel {
  readonly label: string;
  readonly present: boolean | null;
}

/**
 * Plans one change of labels, or null when nothing changes. Only the labels that are named here are ever taken off. Of
 * a label that is wanted several times one `true` is enough, and an open question keeps it from being taken off.
 */
export function planLabels(
  wanted: readonly WantedLabel[],
  current: readonly string[],
  { project, iid }: MergeRequestAddress,
): Extract<Write, { readonly do: 'changeLabels' }> | null {
  const names = [...new Set(wanted.map(({ label }) => label))];
  const opinionsOn = (name: string): readonly (boolean | null)[] =>
    wanted.filter(({ label }) => label === name).map(({ present }) => present);
  const add = names.filter((name) => opinionsOn(name).includes(true) && !current.includes(name));
  const remove = names.filter(
    (name) => opinionsOn(name).every((present) => present === false) && current.includes(name),
  );
  return add.length + remove.length === 0
    ? null
    : { do: 'changeLabels', mergeRequest: { project, iid }, add, remove };
}
