/**
 * Labels that GitLab did not add. From 19.5 it answers 200 and leaves archived labels out, so callers compare what came
 * back. `after` is null where GitLab does not say; then nothing counts as dropped. GitLab compares in any case.
 */
export function droppedLabels(wanted: readonly string[], after: readonly string[] | null): readonly string[] {
  if (after === null) return [];
  const there = new Set(after.map((label) => label.toLowerCase()));
  return wanted.filter((label) => !there.has(label.trim().toLowerCase()));
}

/** What is wrong, and what people can do; ends with a full stop. */
export function whyDropped(labels: readonly string[]): string {
  const names = labels.join(', ');
  return `GitLab did not add ${names}. Archived labels cannot be added: unarchive it under Manage > Labels, or use another label.`;
}
