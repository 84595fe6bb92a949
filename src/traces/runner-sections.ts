/** Which part of a job a line belongs to. */
export type Phase = 'prepare' | 'script' | 'after' | null;

export interface RunnerSections {
  start(name: string): void;
  end(name: string): void;
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

const maxOpen = 50;

function phaseOf(name: string): Phase | undefined {
  return name.startsWith('step_') ? 'script' : Object.hasOwn(phases, name) ? phases[name] : undefined;
}

/** Follows the sections of a log; ends without a beginning are ignored, as GitLab does. */
export function createRunnerSections(): RunnerSections {
  let open: string[] = [];
  let current: Phase = null;
  let succeeded = false;
  const update = (): void => {
    current = open.map(phaseOf).findLast((phase) => phase !== undefined) ?? null;
  };
  return {
    start(name) {
      if (name === 'upload_artifacts_on_success' || name === 'archive_cache') succeeded = true;
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
