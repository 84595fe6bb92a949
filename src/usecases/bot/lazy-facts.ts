import type { FactName, Facts } from '../../model/facts.ts';
import type { FetchFact } from './known-facts.ts';

function targetOf({ subject }: Facts): string | undefined {
  return subject?.kind === 'merge_request' ? subject.targetBranch : undefined;
}

/** Facts that take much code and that few rules and commands need: the code is loaded when they are asked for. */
export const lazyFetchers = {
  tests: async ({ pipeline }, _known, gitlab) => {
    if (pipeline === null) return { tests: null };
    // Reading reports is much code, and few commands name a test.
    const { fetchKnownTests } = await import('./fetch-known-tests.ts');
    return { tests: await fetchKnownTests(pipeline, gitlab) };
  },
  quarantine: async (facts, _known, gitlab) => {
    const branch = targetOf(facts) ?? facts.project.defaultBranch;
    if (branch === null) return { quarantine: null };
    const { fetchQuarantineFile } = await import('./fetch-quarantine-file.ts');
    return { quarantine: await fetchQuarantineFile({ project: facts.project.id, branch }, gitlab) };
  },
  digests: async ({ project, now }, { digestPeriods }, gitlab) => {
    // Reading a history and measuring it is much code, and few comments ask for it.
    const { fetchDigests } = await import('./fetch-digests.ts');
    return { digests: await fetchDigests(digestPeriods, { project, now, gitlab }) };
  },
  releases: async ({ project, trackers }, { releaseNames = [], releaseNotes, log }, gitlab) => {
    // Tracing commits is much code, and few rules and commands are about releases.
    const { fetchReleases } = await import('./fetch-releases.ts');
    const settings = { trackers: trackers ?? [], ...(releaseNotes === undefined ? {} : { releaseNotes }) };
    return { releases: await fetchReleases(releaseNames, { project, settings, gitlab, log }) };
  },
  testRuns: async ({ pipeline }, _known, gitlab) => {
    if (pipeline === null) return { testRuns: null };
    const { fetchTestRuns } = await import('./fetch-known-tests.ts');
    return { testRuns: await fetchTestRuns(pipeline, gitlab) };
  },
  trail: async (facts, { clock, log }, gitlab) => {
    const { fetchTrail } = await import('./fetch-trail.ts');
    return { trail: await fetchTrail(facts, { gitlab, clock, log }) };
  },
  incident: async ({ pipeline }, { clock, log }, gitlab) => {
    if (pipeline === null) return { incident: null };
    // Reading logs is much code, and few rules say why something failed.
    const { fetchIncident } = await import('./fetch-incident.ts');
    return { incident: await fetchIncident(pipeline, { gitlab, clock, log }) };
  },
  blame: async (facts, { log }, gitlab) => {
    if (facts.incident === null) return { blame: null };
    const { fetchBlame } = await import('./fetch-blame.ts');
    return { blame: await fetchBlame(facts, { gitlab, log }) };
  },
} satisfies Partial<Record<FactName, FetchFact>>;
