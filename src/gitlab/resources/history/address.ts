import type { HistoryPlace } from '../../ports/history.ts';

/** The address of something in a project: built, so that no answer decides where a link leads. */
export function addressIn(
  { url }: Pick<HistoryPlace, 'url'>,
  kind: 'merge_requests' | 'issues' | 'pipelines' | 'jobs' | 'releases',
  id: number | string,
): string {
  return `${url}/-/${kind}/${encodeURIComponent(id)}`;
}
