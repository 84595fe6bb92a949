import { parseSettings } from '../bot/parse-settings.ts';
import { type BotSettings, defaultSettings } from '../bot/settings.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import type { Repository } from '../gitlab/ports/repository.ts';
import type { ProjectFacts } from '../model/facts.ts';
import { unlessTooLarge } from './unless-too-large.ts';

const maxBytes = 256 * 1024;

/**
 * The bot's settings of a project, from its default branch: what a merge request changes in them counts once it is
 * merged. Throws `UsageError` for a file that is wrong.
 */
export async function fetchSettings(
  project: ProjectFacts,
  {
    gitlab,
    config: path,
  }: { readonly gitlab: Pick<Repository, 'fetchVersionedFile'>; readonly config: string },
): Promise<BotSettings> {
  const { id, defaultBranch } = project;
  if (defaultBranch === null) return defaultSettings;
  // By its full name: a tag that is called like the branch would come first.
  const place = { project: id, path, ref: `refs/heads/${defaultBranch}` };
  const where = `${path} of ${project.path}`;
  const file = await unlessTooLarge(gitlab.fetchVersionedFile(place, maxBytes), { where, maxBytes });
  if (file === null) return defaultSettings;
  const value = await parseYaml(new TextDecoder().decode(file.content), where);
  return parseSettings(value, file.commit);
}
