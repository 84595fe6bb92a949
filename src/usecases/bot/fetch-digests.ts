import type { WantedPeriod } from '../../digest/period.ts';
import { GitLabError, UsageError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { ProjectFacts, RequestedDigest } from '../../model/facts.ts';
import { figuresDocument } from '../../render/digest/digest-document.ts';
import { englishDigest } from '../../render/words/english-digest.ts';
import { keptHistoryPath } from '../digest/history-store.ts';
import { makeDigest } from '../digest/make-digest.ts';
import { measureSettingsOf } from '../digest/measure-settings.ts';

/** An answer to a comment is not worth more; the digest says what is missing then. */
const maxRequests = 160;
const longest = 93 * 86_400_000;
const maxBytes = 64 * 1024 * 1024;

const settings = measureSettingsOf({
  deployments: 'environments',
  environments: [],
  incidentLabels: [],
  hotfixLabels: ['hotfix'],
  staleDays: 90,
  timeZone: 'UTC',
  people: false,
});

function wantedPeriod(words: string): WantedPeriod {
  const since = /^since (.+)$/.exec(words)?.[1] ?? null;
  return { period: since === null ? words : null, since, until: null, timeZone: 'UTC' };
}

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  section: (_title, work) => work(),
};

async function fetchDigest(
  words: string,
  { project, now, gitlab }: { readonly project: ProjectFacts; readonly now: Date; readonly gitlab: GitLab },
): Promise<RequestedDigest> {
  const { id, defaultBranch, url, path } = project;
  const store = {
    // What the last digest of the schedule has read need not be read again; only this token can have written it.
    load: async (projectId: number): Promise<string | null> => {
      if (defaultBranch === null) return null;
      const job = { projectId: id, ref: defaultBranch, jobName: 'herald-digest' };
      const bytes = await gitlab.fetchArtifactFileOfRef(job, keptHistoryPath(projectId), maxBytes);
      return bytes === null ? null : new TextDecoder().decode(bytes);
    },
    save: () => Promise.resolve(),
  };
  try {
    const digest = await makeDigest(
      {
        scope: { kind: 'project', project: id },
        period: wantedPeriod(words),
        longest,
        settings,
        reportJob: 'herald',
        maxRequests,
        store,
        server: url.slice(0, -path.length - 1),
      },
      // The answer is about one moment; figures show no text of a report, so that nothing needs a mask.
      {
        gitlab,
        clock: { now: () => now, sleep: () => Promise.resolve(), random: () => 0 },
        log: quiet,
        mask: (text) => text,
      },
    );
    return { kind: 'digest', document: figuresDocument(digest, englishDigest) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'wrong', message: error.message };
    if (error instanceof GitLabError) return { kind: 'wrong', message: 'GitLab does not show what happened' };
    throw error;
  }
}

/** The digests of a project by the words of their periods. */
export async function fetchDigests(
  periods: readonly string[],
  asked: { readonly project: ProjectFacts; readonly now: Date; readonly gitlab: GitLab },
): Promise<ReadonlyMap<string, RequestedDigest>> {
  const digests = new Map<string, RequestedDigest>();
  for (const words of new Set(periods)) digests.set(words, await fetchDigest(words, asked));
  return digests;
}
