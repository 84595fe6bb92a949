import type { Decision, DecisionOf, HeadRefusal, SkipReason } from '../model/decision.ts';
import { counted } from '../model/plural.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import { isOfStep } from './step-of.ts';

type About<Kind extends Decision['about']> = Extract<Decision, { readonly about: Kind }>;

const skipWords: Readonly<Record<SkipReason, string>> = {
  excluded: 'it is excluded',
  'own-file': 'Herald wrote it',
  manifest: 'it is the manifest of a package manager',
  sample: 'it is a folder of samples, or a copy of them',
  'ignored-folder': 'it is a folder of code by others, which only a pattern with its name opens',
  'hidden-folder': 'it is a hidden folder, which only a pattern with its dot opens',
  refused: 'it was refused',
  'over-limit': 'too many files match',
};

const refusalWords: Readonly<Record<HeadRefusal, string>> = {
  external: 'it holds statuses of other systems',
  child: 'another pipeline started it',
  'other-project': 'it is of another project',
  'other-branch': 'it is of another branch',
  'other-merge-request': 'it is of another merge request',
  'other-commit': 'it ran for another commit',
  'other-parents': 'its commit does not merge the head',
};

function pipelineText({
  project,
  pipelineId,
  type,
  source,
  ref,
  sha,
  runsInFork,
}: About<'pipeline'>): string {
  const where = ref === null ? '' : ` of ${ref}`;
  const fork = runsInFork ? ', in a fork' : '';
  return `pipeline ${pipelineId}${where} in ${project}: type ${type}, source ${source}, commit ${sha.slice(0, 8)}${fork}`;
}

function fileText({ path, from, outcome, format, kinds, reason }: About<'file'>): string {
  const origin = from === 'jobs' ? ', from the artifacts of a job' : '';
  const what = kinds.length === 0 ? format : `${format} (${kinds.join(', ')})`;
  const because = reason ?? '';
  switch (outcome) {
    case 'read':
      return `read ${path}: ${what}${origin}`;
    case 'incomplete':
      return `read ${path} in part: ${what}${origin}; ${because}`;
    case 'unreadable':
      return `could not read ${path}${origin}: it ${because}`;
    case 'ignored':
      return `ignored ${path}${origin}: ${because}`;
    case 'counted-elsewhere':
      return `did not count ${path}: ${what}${origin}; ${because}`;
  }
}

function notReadText({ path, why, pattern, reason }: About<'not-read'>): string {
  const by = pattern === null ? '' : ` (${pattern})`;
  // What was refused says in its own words why.
  return why === 'refused' && reason !== null
    ? `skipped ${path}: it ${reason}`
    : `skipped ${path}: ${reason ?? skipWords[why]}${by}`;
}

const wantedWords = {
  file: 'the file that the option baseline names',
  'merge-base': 'a run for the merge base',
  'merged-target': 'a run for the target commit that the pipeline merged into',
  'unknown-base': 'the newest run, because the merge base is not known',
  'previous-run': 'the run before this one',
} as const;

function wantedText({ by, ref, sha, jobName }: About<'baseline-wanted'>): string {
  const commit = sha === null ? '' : ` ${sha.slice(0, 8)}`;
  const branch = ref === null ? '' : `, on ${ref}`;
  const job = jobName === null ? '' : `, of the job ${jobName}`;
  return `wanted: ${wantedWords[by]}${commit}${branch}${job}`;
}

const candidateWords = {
  found: 'found',
  'not-found': 'not found',
  unusable: 'not usable',
  'other-commit': 'of another commit',
  'not-answered': 'GitLab did not give it',
  'over-limit': 'not asked for',
} as const;

function baselineText({ pipelineId, sha, ref, source, reason }: About<'baseline'>): string {
  if (pipelineId === null) return `no baseline: ${reason}`;
  const who = source === 'gitlab' ? ', as GitLab’s own test report has it' : '';
  return `baseline: pipeline ${pipelineId} of ${ref ?? ''}, commit ${(sha ?? '').slice(0, 8)}${who}: ${reason}`;
}

function gateText({ condition, grade, measures, value, outcome, allowedBy, reason }: About<'gate'>): string {
  const measured = value === null ? 'not measured' : `measured ${Number(value.toFixed(3))}`;
  const allowed = allowedBy === null ? '' : `; the label ${allowedBy} allows it`;
  const warns = grade === 'warn' ? ' (only warns)' : '';
  return `${condition}${warns}: ${outcome}, ${measured}: ${reason}${allowed}. It measures: ${measures}`;
}

function labelsText({ add, remove, reason }: About<'labels'>): string {
  const changes = [
    ...(add.length === 0 ? [] : [`add ${add.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`remove ${remove.join(', ')}`]),
  ];
  return `labels: ${changes.length === 0 ? 'unchanged' : changes.join('; ')}: ${reason}`;
}

const threadWords = {
  lines: 'comments on lines',
  gates: 'the thread of failed gates',
  comment: 'the thread of the comment',
} as const;

function threadsText(threads: About<'threads'>): string {
  const changes = (['create', 'update', 'resolve', 'reopen', 'remove'] as const).filter(
    (change) => threads[change] > 0,
  );
  const what = changes.map((change) => `${change} ${threads[change]}`).join(', ');
  return `${threadWords[threads.of]}: ${what === '' ? 'unchanged' : what}: ${threads.reason}`;
}

const outcomeWords: Readonly<Record<About<'comment'>['outcome'], string>> = {
  created: 'new',
  updated: 'updated',
  unchanged: 'unchanged',
  'newer-exists': 'unchanged',
  'not-the-head': 'unchanged',
  'not-needed': 'none',
  'body-too-long': 'refused',
  'quick-action': 'refused',
  'not-written': 'none',
};

function commentText({ outcome, noteId, reason }: About<'comment'>): string {
  const id = noteId === null ? '' : ` (note ${noteId})`;
  return `comment: ${outcomeWords[outcome]}${id}: ${reason}`;
}

function textOfRun(decision: DecisionOf<'run'>): string {
  return decision.about === 'pipeline'
    ? pipelineText(decision)
    : `missing: ${decision.part ?? decision.what}: ${decision.reason}`;
}

function textOfFile(decision: DecisionOf<'files'>): string {
  switch (decision.about) {
    case 'search':
      return decision.by === 'patterns'
        ? `searched by the patterns ${decision.patterns.join(', ')}`
        : 'searched by the well-known names of all formats (docs/formats.md)';
    case 'match':
      return `found ${decision.path} by ${decision.pattern}`;
    case 'file':
      return fileText(decision);
    case 'not-read':
      return notReadText(decision);
    case 'no-match':
      return `the pattern ${decision.pattern} ${decision.reason}`;
    case 'job-reports':
      return `${decision.asked ? 'asked' : 'did not ask'} the other jobs for their reports: ${decision.reason}`;
  }
}

function textOfMergeRequest(decision: DecisionOf<'mergeRequest'>): string {
  switch (decision.about) {
    case 'merge-request-source':
      return `looked by ${decision.from}: ${decision.outcome}: ${decision.reason}`;
    case 'merge-request-candidate':
      return `${decision.chosen ? 'chose' : 'refused'} !${decision.iid} (${decision.sourceBranch} into ${decision.targetBranch}): ${decision.reason}`;
    case 'merge-request':
      return `${decision.iid === null ? 'no merge request' : `merge request !${decision.iid}`}: ${decision.reason}`;
  }
}

function textOfHead(decision: DecisionOf<'headPipeline'>): string {
  if (decision.about === 'head-pipeline')
    return `${decision.pipelineId === null ? 'no head pipeline' : `head pipeline ${decision.pipelineId}`}: ${decision.reason}`;
  const which = `pipeline ${decision.pipelineId} of ${decision.ref}`;
  return decision.why === null ? `chose ${which}` : `refused ${which}: ${refusalWords[decision.why]}`;
}

function textOfBaseline(decision: DecisionOf<'baseline'>): string {
  switch (decision.about) {
    case 'baseline-wanted':
      return wantedText(decision);
    case 'baseline-candidate': {
      const because = decision.reason === null ? '' : `: ${decision.reason}`;
      return `asked for ${decision.what}: ${candidateWords[decision.outcome]}${because}`;
    }
    case 'baseline':
      return baselineText(decision);
  }
}

function textOfWrite(decision: DecisionOf<'writes'>): string {
  switch (decision.about) {
    case 'comment':
      return commentText(decision);
    case 'status':
      return `status ${decision.name}: ${decision.state} (${decision.outcome}): ${decision.reason}`;
    case 'no-status':
      return `status: none: ${decision.reason}`;
    case 'labels':
      return labelsText(decision);
    case 'threads':
      return threadsText(decision);
    case 'nothing-written':
      return `nothing: ${decision.reason}`;
  }
}

const isOfRun = isOfStep('run');
const isOfFiles = isOfStep('files');
const isOfMergeRequest = isOfStep('mergeRequest');
const isOfHead = isOfStep('headPipeline');
const isOfBaseline = isOfStep('baseline');
const isOfGates = isOfStep('gates');

function textOf(decision: Decision): string {
  if (isOfRun(decision)) return textOfRun(decision);
  if (isOfFiles(decision)) return textOfFile(decision);
  if (isOfMergeRequest(decision)) return textOfMergeRequest(decision);
  if (isOfHead(decision)) return textOfHead(decision);
  if (isOfBaseline(decision)) return textOfBaseline(decision);
  return isOfGates(decision) ? gateText(decision) : textOfWrite(decision);
}

/** A decision on one line, for the log and for `herald explain`; names of strangers cannot steer a terminal. */
export function describeDecision(decision: Decision): string {
  return visibleLine(textOf(decision)).trim();
}

const kibibyte = 1024;

/** A size for people. */
export function sizeText(bytes: number): string {
  return bytes < kibibyte
    ? counted(bytes, { one: 'byte', other: 'bytes' })
    : `${Math.round(bytes / kibibyte)} KiB`;
}
