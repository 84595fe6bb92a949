import type { MergeRequestAddress } from '../model/context.ts';
import type { Write } from '../model/write.ts';

/** A label of Herald's and whether it should be there; null leaves it as it is. */
export interface WantedLabel {
  readonly label: string;
  readonly present: boolean | null;
}

/**
 * Plans one change of labels, or null when nothing changes. Removes only labels that are named here. If a label occurs
 * several times, one `true` is enough to add it, and one null prevents removing it.
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
