import { addProject, finish, startDigest } from '../../digest/compute.ts';
import { parsePeriod } from '../../digest/period.ts';
import { UsageError } from '../../errors.ts';
import type { Files } from '../../io/port.ts';
import type { ProjectHistory } from '../../model/project-history.ts';
import { englishDigest } from '../../render/words/english-digest.ts';
import { measureSettingsOf } from './measure-settings.ts';
import { writeDigestFiles } from './write-digest-files.ts';

const settings = {
  deployments: 'environments',
  environments: [],
  incidentLabels: [],
  hotfixLabels: ['hotfix'],
  staleDays: 90,
  timeZone: 'UTC',
  people: false,
};

/** Writes the digest of a history that is at hand; the names of the files. Throws `UsageError` for no period. */
export async function writeDigestOf(
  history: ProjectHistory,
  { period, now }: { readonly period: string; readonly now: Date },
  output: Pick<Files, 'write'>,
): Promise<readonly string[]> {
  const parsed = parsePeriod(
    { period, since: null, until: null, timeZone: settings.timeZone },
    now.getTime(),
  );
  if (parsed.kind !== 'periods') throw new UsageError(`${period} is not a period`);
  const { path, url } = history.project;
  const state = startDigest({
    scope: { kind: 'project', name: path, url },
    period: parsed.period,
    previous: parsed.previous,
    createdAt: now.getTime(),
    settings: measureSettingsOf(settings),
  });
  addProject(state, history);
  return writeDigestFiles(finish(state, null), englishDigest, output);
}
