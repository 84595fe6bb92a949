import type { MissingBaseline } from '../../../model/comparison.ts';
import type { Context, MergeRequest } from '../../../model/context.ts';
import { type Block, code, emphasis, type Inline, link, paragraph, text } from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { jobFigures } from '../jobs-row.ts';
import { fullReportAddress } from '../report-address.ts';
import type { Layout, Section } from '../section.ts';
import { tableRows } from './checks.ts';

const shortSha = 8;

function commitLink(projectUrl: string, sha: string): Inline {
  return link(`${projectUrl}/-/commit/${sha}`, code(sha.slice(0, shortSha)));
}

/** In a fork's pipeline the branch that is compared with is the other project's. */
function targetProject({ project }: Context, mergeRequest: MergeRequest | null): string {
  return mergeRequest?.url.replace(/\/-\/merge_requests\/\d+$/, '') ?? project.url;
}

function baselineParts({ comparison, context, mergeRequest }: Summary, words: Language): readonly Inline[] {
  const { baseline } = comparison;
  if (baseline === null) return [];
  const standing = words.footer.standing(baseline.relation, baseline.commitsBehind);
  const source = baseline.source === 'gitlab' ? words.footer.gitlabsOwn : '';
  const notes = [standing, source].filter((note) => note !== '');
  return [
    text(` ${words.footer.comparedWith(baseline.ref)} `),
    commitLink(targetProject(context, mergeRequest), baseline.sha),
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

/** Why there is nothing to compare with, and how to get it, in one line. */
function firstRun({ comparison, context, mergeRequest }: Summary, words: Language): readonly Block[] {
  const { baseline, missing } = comparison;
  if (baseline !== null || missing === null) return [];
  const project = targetProject(context, mergeRequest);
  return [paragraph(text(words.footer.noBaseline(missing)), ...remedyOf(missing, project, words))];
}

function remedyOf(missing: MissingBaseline, project: string, words: Language): readonly Inline[] {
  const { firstRun: say } = words.footer;
  switch (missing.kind) {
    case 'tag':
    case 'unusable-file':
      return [];
    case 'no-token':
      return [text(` ${say.token}`)];
    case 'first-pipeline':
      return [text(` ${say.next}`)];
    case 'not-returned':
      return [text(` ${say.retry}`)];
    case 'none-finished':
    case 'no-report':
    case 'no-job':
    case 'not-kept':
    case 'unusable': {
      const address = `${project}/-/pipelines/new?ref=${encodeURIComponent(missing.ref)}`;
      return [text(' '), link(address, text(say.link(missing.ref))), text(say.rest)];
    }
  }
}

/** Where the table does not say it: how many jobs the pipeline has, and how long they took. */
function jobsParts(summary: Summary, words: Language, layout: Layout): readonly Inline[] {
  const isInTable = !layout.hide.includes('checks') && tableRows(summary, words, layout).length > 0;
  const figures = isInTable ? null : jobFigures(summary);
  if (figures === null) return [];
  const { total, seconds } = figures;
  const said =
    seconds === null ? words.jobs.total(total) : words.jobs.totalIn(total, words.format.duration(seconds));
  return [text(` (${said})`)];
}

/** The project's page about Herald, where it names one. */
function herald(version: string, { about }: Layout, words: Language): Inline {
  const name = text(words.footer.by(version));
  return about === null ? name : link(about, name);
}

/** Where all this comes from: commit, pipeline, baseline, the full report. */
export const footer: Section = (summary, words, { version, layout }) => {
  const { context, mergeRequest } = summary;
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  const line = paragraph(
    emphasis(
      text(`${words.footer.commit} `),
      commitLink(context.project.url, sha),
      ...mergedParts(summary, words),
      text(' · '),
      link(context.pipeline.url, text(`${words.footer.pipeline} ${context.pipeline.id}`)),
      ...jobsParts(summary, words, layout),
      ...baselineParts(summary, words),
      text(' · '),
      link(fullReportAddress(context), text(words.footer.fullReport)),
      text(' · '),
      herald(version, layout, words),
    ),
  );
  const all = [...firstRun(summary, words), line];
  return { id: 'footer', importance: 0, full: all, short: all, counted: '' };
};
