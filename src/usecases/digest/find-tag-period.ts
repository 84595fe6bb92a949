import { type ParsedPeriod, periodOfTags } from '../../digest/period.ts';
import type { History } from '../../gitlab/ports/history.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { HistoryTag } from '../../model/project-history.ts';

/** 1,000 tags. */
const maxPages = 10;

/**
 * The period from one tag of a project to another: GitLab knows when they were made. The newest tags are looked
 * through, a hundred in a request.
 */
export async function findTagPeriod(
  { from, to }: { readonly from: string; readonly to: string },
  { project, timeZone }: { readonly project: Project; readonly timeZone: string },
  gitlab: Pick<History, 'fetchTagPages'>,
): Promise<ParsedPeriod> {
  const found = new Map<string, HistoryTag>();
  let pages = 0;
  for await (const { rows, hasMore } of gitlab.fetchTagPages(project)) {
    for (const tag of rows) if (tag.name === from || tag.name === to) found.set(tag.name, tag);
    pages += 1;
    if (found.size === 2 || pages >= maxPages || !hasMore) break;
  }
  const [begin, end] = [found.get(from), found.get(to)];
  const missing = begin === undefined ? from : to;
  if (begin === undefined || end === undefined)
    return {
      kind: 'wrong',
      message: `${project.path} has no tag ${JSON.stringify(missing)} among its newest ${pages * 100}`,
      hint: 'give the tags as GitLab lists them, the older one first, or two days',
    };
  return periodOfTags({ from: { name: from, at: begin.at }, to: { name: to, at: end.at } }, timeZone);
}
