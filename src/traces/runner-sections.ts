/** Which part of a job a line belongs to. */
export type Phase = 'prepare' | 'script' | 'after' | null;

export interface RunnerSections {
  start(name: string): void;
  end(name: string): void;
  /** A line of a log that has no sections: copied from the job's page, it still has their headers. */
  header(text: string): void;
  phase(): Phase;
  /** The script ended well: what failed came after it. */
  scriptSucceeded(): boolean;
}

/** The runner's own sections; a script may open others inside. Source: https://docs.gitlab.com/runner/executors/ */
const phases: Readonly<Record<string, Phase>> = {
  prepare_executor: 'prepare',
  prepare_script: 'prepare',
  resolve_secrets: 'prepare',
  get_sources: 'prepare',
  restore_cache: 'prepare',
  download_artifacts: 'prepare',
  build_script: 'script',
  after_script: 'after',
  archive_cache: 'after',
  archive_cache_on_failure: 'after',
  upload_artifacts: 'after',
  upload_artifacts_on_success: 'after',
  upload_artifacts_on_failure: 'after',
  cleanup_file_variables: 'after',
};

/** The headers that the runner prints over its sections; the page of a job shows how long each took behind them. */
const headers: readonly (readonly [RegExp, string])[] = [
  [/^Preparing the ".{1,40}" executor/, 'prepare_executor'],
  [/^Preparing environment/, 'prepare_script'],
  [/^Getting source from Git repository/, 'get_sources'],
  [/^Restoring cache/, 'restore_cache'],
  [/^Downloading artifacts/, 'download_artifacts'],
  [/^Executing "\w{1,40}" stage of the job script/, 'step_script'],
  [/^Running after_script/, 'after_script'],
  [/^Saving cache for successful job/, 'archive_cache'],
  [/^Saving cache for failed job/, 'archive_cache_on_failure'],
  [/^Uploading artifacts for successful job/, 'upload_artifacts_on_success'],
  [/^Uploading artifacts for failed job/, 'upload_artifacts_on_failure'],
  [/^Cleaning up (?:project directory and )?file based variables/, 'cleanup_file_variables'],
];
const HEADER =
  /^(?:Preparing|Getting|Restoring|Downloading|Executing|Running|Saving|Uploading|Cleaning) [\w" ]{3,80}(?: \d\d:\d\d)?$/;

const maxOpen = 50;

function phaseOf(name: string): Phase | undefined {
  return name.startsWith('step_') ? 'script' : Object.hasOwn(phases, name) ? phases[name] : undefined;
}

/** Follows the sections of a log; ends without a beginning are ignored, as GitLab does. */
export function createRunnerSections(): RunnerSections {
  let open: string[] = [];
  let current: Phase = null;
  let succeeded = false;
  let hasSections = false;
  const update = (): void => {
    current = open.map(phaseOf).findLast((phase) => phase !== undefined) ?? null;
  };
  const begin = (name: string): void => {
    if (name === 'upload_artifacts_on_success' || name === 'archive_cache') succeeded = true;
  };
  return {
    header(text) {
      if (hasSections || !HEADER.test(text)) return;
      const name = headers.find(([pattern]) => pattern.test(text))?.[1];
      if (name === undefined) return;
      begin(name);
      current = phaseOf(name) ?? null;
    },
    start(name) {
      hasSections = true;
      begin(name);
      if (open.length < maxOpen) open.push(name);
      update();
    },
    end(name) {
      const at = open.lastIndexOf(name);
      if (at >= 0) open = open.slice(0, at);
      update();
    },
    phase: () => current,
    scriptSucceeded: () => succeeded,
  };
}
