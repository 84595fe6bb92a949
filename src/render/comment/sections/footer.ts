import { code, emphasis, type Inline, link, paragraph, text } from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { fullReportAddress } from '../report-address.ts';
import type { Section } from '../section.ts';

const shortSha = 8;

function commitLink(projectUrl: string, sha: string): Inline {
  return link(`${projectUrl}/-/commit/${sha}`, code(sha.slice(0, shortSha)));
}

function baselineParts({ comparison, context, mergeRequest }: Summary, words: Language): readonly Inline[] {
  const { baseline, missing } = comparison;
  if (baseline === null) return missing === null ? [] : [text(` · ${words.footer.noBaseline(missing)}`)];
  const standing = words.footer.standing(baseline.relation, baseline.commitsBehind);
  const source = baseline.source === 'gitlab' ? words.footer.gitlabsOwn : '';
  const notes = [standing, source].filter((note) => note !== '');
  return [
    text(` · ${words.footer.comparedWith(baseline.ref)} `),
    // In a fork's pipeline the branch that is compared with is the other project's.
    commitLink(
      mergeRequest?.url.replace(/\/-\/merge_requests\/\d+$/, '') ?? context.project.url,
      baseline.sha,
    ),
    ...(notes.length === 0 ? [] : [text(` (${notes.join(', ')})`)]),
  ];
}

/** A merged-results pipeline tests the change merged into a commit of the target branch: which one. */
function mergedParts({ mergeRequest, context }: Summary, words: Language): readonly Inline[] {
  const targetSha = mergeRequest?.targetSha ?? null;
  if (mergeRequest === null || targetSha === null) return [];
  return [
    text(` ${words.footer.mergedInto(mergeRequest.targetBranch)} `),
    commitLink(context.project.url, targetSha),
  ];
}

/** Where all this comes from: commit, pipeline, baseline, the full report. */
export const footer: Section = (summary, words, { version }) => {
  const { context, mergeRequest } = summary;
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  const line = paragraph(
    emphasis(
      text(`${words.footer.commit} `),
      commitLink(context.project.url, sha),
      ...mergedParts(summary, words),
      text(' · '),
      link(context.pipeline.url, text(`${words.footer.pipeline} ${context.pipeline.id}`)),
      ...baselineParts(summary, words),
      text(' · '),
      link(fullReportAddress(context), text(words.footer.fullReport)),
      text(` · ${words.footer.by(version)}`),
    ),
  );
  return { id: 'footer', importance: 0, full: [line], short: [line], counted: '' };
};
