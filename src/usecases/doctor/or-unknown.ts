import type { Check, Topic } from '../../doctor/check.ts';
import { GitLabRefusedError } from '../../errors.ts';

const remedy = 'run herald doctor once with the token of a maintainer, who can see it';

/** The answer, or a check that says why it is unknown. */
export type Seen<Value> = { readonly value: Value } | { readonly unknown: Check };

/**
 * Asks GitLab for something; a refused answer counts as unknown, with GitLab's reason. Throws `GitLabUnreachableError`,
 * and the refusal of a token that does not work at all, which GitLab answers with 401: https://docs.gitlab.com/api/rest/troubleshooting/#status-codes
 */
export async function see<Value>(topic: Topic, ask: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError) || error.status === 401) throw error;
    return { unknown: { ...topic, state: 'unknown', words: error.message, remedy } };
  }
}

/** The checks of one thing, or that it is unknown. */
export async function orUnknown(
  topic: Topic,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const seen = await see(topic, look);
  return 'value' in seen ? seen.value : [seen.unknown];
}
