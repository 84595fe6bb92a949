import {
  type Block,
  code,
  codeBlock,
  details,
  emphasis,
  type Inline,
  icon,
  link,
  paragraph,
  text,
} from '../../../model/document.ts';
import type { FailureCause } from '../../../model/failure-cause.ts';
import type { Job } from '../../../model/pipeline.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';

const maxNamed = 3;
const fewLines = 5;
const maxLinked = 20;
const maxHeadline = 160;
const maxCommand = 200;

function joined(parts: readonly (readonly Inline[])[], separator: string): readonly Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [text(separator), ...part]));
}

/** Names of the jobs, the first few of many. */
function namesOf(jobs: readonly Job[], words: Language): readonly Inline[] {
  const names = joined(
    jobs.slice(0, maxNamed).map(({ name }) => [code(name)]),
    ', ',
  );
  const more = jobs.length - maxNamed;
  return more > 0 ? [...names, text(` ${words.causes.moreJobs(more)}`)] : names;
}

/** The pipeline that a trigger job started, its state, and what failed in it; null for every other job. */
export function downstreamOf({ trigger }: Job, words: Language): readonly Inline[] | null {
  const downstream = trigger?.downstream ?? null;
  if (downstream === null) return null;
  const failed = trigger?.failedJobs ?? [];
  const names = failed.slice(0, maxNamed).map((job) => [link(job.url, code(job.name))]);
  const more = failed.length - maxNamed;
  return [
    link(downstream.url, text(words.jobs.downstream(downstream.id))),
    text(` ${words.jobs.downstreamState(downstream.status)}`),
    ...(names.length === 0 ? [] : [text(': '), ...joined(names, ', ')]),
    ...(more > 0 ? [text(` ${words.causes.moreJobs(more)}`)] : []),
  ];
}

function whatHappened({ kind, headline, jobs }: FailureCause, words: Language): readonly Inline[] {
  const [first] = jobs;
  const downstream = first === undefined ? null : downstreamOf(first, words);
  if (downstream !== null) return downstream;
  // GitLab's own reason is more precise than the kind, where it is all that is known.
  if (headline === '') return [text(words.jobs.reason(jobs[0]?.failureReason ?? null))];
  return [text(`${words.causes.kind(kind)}: `), code(shortenText(headline, maxHeadline))];
}

function title(cause: FailureCause, words: Language): readonly Inline[] {
  return [
    icon(cause.origin === 'infrastructure' ? 'warning' : 'failed'),
    text(' '),
    ...namesOf(cause.jobs, words),
    text(' – '),
    ...whatHappened(cause, words),
  ];
}

/** The jobs with what leads to them: of the first the very line of its log. */
function jobsLine({ jobs, line }: FailureCause, words: Language): Block {
  const links = jobs.slice(0, maxLinked).map((job, index): readonly Inline[] => {
    const toLine =
      index === 0 && line !== null
        ? [text(', '), link(`${job.url}#L${line}`, text(words.causes.line(line)))]
        : [];
    const duration = job.durationSeconds === null ? '' : `, ${words.format.duration(job.durationSeconds)}`;
    const stage = [text(` ${words.causes.stage} `), code(job.stage), text(duration)];
    const of =
      job.of === undefined ? [] : [text(', '), link(job.of.url, text(words.jobs.downstream(job.of.id)))];
    return [link(job.url, code(job.name)), ...stage, ...of, ...toLine];
  });
  const more = jobs.length - maxLinked;
  return paragraph(...joined(links, ' · '), ...(more > 0 ? [text(` ${words.causes.moreJobs(more)}`)] : []));
}

/** GitLab's reason, where it says more than that the script failed and the title does not say it. */
function reasonLine({ jobs, headline }: FailureCause, words: Language): readonly Block[] {
  const reason = jobs[0]?.failureReason ?? null;
  if (headline === '' || reason === null || reason === 'script_failure') return [];
  return [paragraph(text(`${words.jobs.columns.reason}: ${words.jobs.reason(reason)}`))];
}

function excerptBlocks({ kind, excerpt }: FailureCause, testsFail: boolean): readonly Block[] {
  if (excerpt.length === 0) return [];
  // The section of the failing tests shows what they expected; a job without a report still gets its first lines.
  const shown = kind === 'test' && testsFail ? excerpt.slice(0, fewLines) : excerpt;
  return [codeBlock(shown.map((line) => line.text).join('\n'), 'text')];
}

/** One cause: what happened to which jobs, the command, the lines that show it. */
export function causeBlock(
  cause: FailureCause,
  words: Language,
  { open, testsFail }: { readonly open: boolean; readonly testsFail: boolean },
): Block {
  const { command, trace } = cause;
  const unread = words.causes.unread(trace);
  const blocks = [
    jobsLine(cause, words),
    ...reasonLine(cause, words),
    ...(command === null
      ? []
      : [paragraph(text(`${words.causes.command}: `), code(shortenText(command, maxCommand)))]),
    ...excerptBlocks(cause, testsFail),
    ...(unread === '' ? [] : [paragraph(emphasis(text(unread)))]),
  ];
  return details(title(cause, words), blocks, open);
}

/** The same in one line, with links. */
export function causeLine(cause: FailureCause, words: Language): readonly Block[] {
  const { jobs, line } = cause;
  const links = joined(
    jobs
      .slice(0, maxNamed)
      .map((job, index) => [
        link(index === 0 && line !== null ? `${job.url}#L${line}` : job.url, code(job.name)),
      ]),
    ', ',
  );
  const more = jobs.length - maxNamed;
  return [
    paragraph(
      ...links,
      ...(more > 0 ? [text(` ${words.causes.moreJobs(more)}`)] : []),
      text(' – '),
      ...whatHappened(cause, words),
    ),
  ];
}
