import { allowingLabels, overrideGates } from '../../compare/override-gates.ts';
import type { MergeRequests } from '../../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import { failsJob, type GateVerdict } from '../../model/gate.ts';
import { type Troubles, valueOf } from '../troubles.ts';

/**
 * Marks failed gates that a label of the merge request allows. GitLab is asked only when a gate failed: for the labels
 * as they are now (those in the variables are of when the pipeline was made), and, when one allows a gate, for the user
 * who set it. Trouble leaves the verdicts as they are.
 */
export async function allowByLabels(
  verdicts: readonly GateVerdict[],
  mergeRequest: MergeRequestAddress,
  { gitlab, troubles }: { readonly gitlab: MergeRequests; readonly troubles: Troubles },
): Promise<readonly GateVerdict[]> {
  if (!verdicts.some(failsJob)) return verdicts;
  const current = await troubles.part('labels', () => gitlab.fetchMergeRequest(mergeRequest));
  const labels = allowingLabels(verdicts, valueOf(current)?.labels ?? []);
  if (labels.length === 0) return verdicts;
  const fetchEvents = (): ReturnType<MergeRequests['fetchLabelEvents']> =>
    gitlab.fetchLabelEvents(mergeRequest);
  const events = valueOf(await troubles.part('labels', fetchEvents, 'who set the labels'));
  const setBy = (label: string): string | null =>
    events?.findLast((event) => event.label === label && event.action === 'add')?.username ?? null;
  return overrideGates(
    verdicts,
    labels.map((label) => ({ label, setBy: setBy(label) })),
  );
}
