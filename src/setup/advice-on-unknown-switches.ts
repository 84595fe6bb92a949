import type { Webhook } from '../model/setup.ts';

/** A sentence for events that are wanted and that an older GitLab does not know; empty where it knows all of them. */
export function adviceOnUnknownSwitches(
  kept: Webhook | null,
  wanted: Webhook['switches'],
): readonly string[] {
  if (kept === null) return [];
  const unknown = Object.entries(wanted).flatMap(([name, on]) =>
    on && !Object.hasOwn(kept.switches, name) ? [name] : [],
  );
  return unknown.length === 0 ? [] : [`this GitLab knows no ${unknown.join(', ')}`];
}
