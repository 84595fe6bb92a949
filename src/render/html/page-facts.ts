import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { inUtc, minuteOf } from './dates.ts';
import { anchor, breakable, type Child, codeText, el, type Html } from './element.ts';

/** When the pipeline was created, else when its first job was, as far as GitLab said. */
function createdAt({ context, pipeline }: Summary): string | null {
  const jobs = (pipeline?.jobs ?? []).flatMap((job) => inUtc(job.createdAt ?? job.startedAt) ?? []);
  return (
    inUtc(context.pipeline.createdAt) ?? inUtc(pipeline?.pipeline.createdAt ?? null) ?? jobs.sort()[0] ?? null
  );
}

/** What the page is about: project, merge request or branch, commit, pipeline and when it was created. */
export function pageFacts(summary: Summary, words: Language): Html {
  const { context, mergeRequest } = summary;
  const { project, pipeline, commit } = context;
  const sha = mergeRequest?.headSha ?? commit.sha;
  const ref = commit.branch ?? commit.tag;
  const created = createdAt(summary);
  const facts: readonly (readonly [string, Child])[] = [
    [words.page.project, anchor(project.url, breakable(project.path))],
    ...(mergeRequest === null
      ? []
      : [
          [
            words.page.mergeRequest,
            anchor(mergeRequest.url, breakable(`!${mergeRequest.iid} ${mergeRequest.title}`)),
          ] as const,
        ]),
    ...(mergeRequest === null && ref !== null ? [[words.page.branch, codeText(ref)] as const] : []),
    [words.footer.commit, anchor(`${project.url}/-/commit/${sha}`, codeText(sha.slice(0, 8)))],
    [words.page.pipeline, anchor(pipeline.url, String(pipeline.id))],
    ...(created === null
      ? []
      : [[words.page.when, el('time', { datetime: created }, minuteOf(created))] as const]),
  ];
  return el(
    'dl',
    { class: 'facts' },
    ...facts.map(([title, value]) => el('div', {}, el('dt', {}, title), el('dd', {}, value))),
  );
}
