import { loadOptions } from '../../config/load.ts';
import { type ReportOptions, reportOptions } from '../../config/report-options.ts';
import { UsageError } from '../../errors.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import type { Files, Log } from '../../io/port.ts';
import { unlessTooLarge } from '../unless-too-large.ts';
import { noFiles } from './no-files.ts';

const configurationFile = '.herald.yml';
const maxBytes = 256 * 1024;

/**
 * Keys that name files or folders of the checkout, which there is none of; and how the run ends, which is not this one.
 */
const ofCheckout = ['append', 'baseline', 'output', 'patterns', 'preview', 'reports', 'strict'] as const;

/**
 * The report's options as the branch has them in `.herald.yml`, defaults without such a file. Options that need a
 * checkout are ignored with a warning. Throws `UsageError` that names the branch for a file that is wrong,
 * `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function optionsOfBranch(
  { project, branch }: { readonly project: number | string; readonly branch: string },
  { gitlab, log }: { readonly gitlab: Repository; readonly log: Log },
): Promise<ReportOptions> {
  // By its full name: a tag that is called like the branch would come first.
  const file = { project, path: configurationFile, ref: `refs/heads/${branch}` };
  const where = `${configurationFile} of the branch ${branch}`;
  const bytes = await unlessTooLarge(gitlab.fetchFile(file, maxBytes), { where, maxBytes });
  const text = bytes === null ? null : new TextDecoder().decode(bytes);
  const files: Files = {
    ...noFiles,
    readText: (path) => Promise.resolve(path === configurationFile ? text : null),
  };
  const { options, provenance } = await load(files, branch);
  const ignored = ofCheckout.filter((key) => provenance[key]?.kind === 'file');
  if (ignored.length > 0)
    log.info(`${ignored.join(', ')} of ${configurationFile}: not used here, because there is no checkout`);
  const defaults = reportOptions.parse({});
  return { ...options, ...Object.fromEntries(ofCheckout.map((key) => [key, defaults[key]])) };
}

async function load(files: Files, branch: string): ReturnType<typeof loadOptions<typeof reportOptions>> {
  try {
    return await loadOptions(reportOptions, { flags: {}, variables: {}, files });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const hint = error.hint === null ? {} : { hint: error.hint };
    throw new UsageError(`in the branch ${branch}: ${error.message}`, { ...hint, cause: error });
  }
}
