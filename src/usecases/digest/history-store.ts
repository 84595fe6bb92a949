import { GitLabError, UnreadableInputError } from '../../errors.ts';
import type { Artifacts } from '../../gitlab/ports/port.ts';
import type { Files, Log } from '../../io/port.ts';

/** Where the histories of projects are kept between readings. */
export interface HistoryStore {
  /** Null where nothing is kept, or nobody can say. */
  load(projectId: number): Promise<string | null>;
  save(projectId: number, text: string): Promise<void>;
}

/** The job that left the histories: it ran in the newest successful pipeline of a ref. */
export interface KeepingJob {
  readonly projectId: number;
  readonly ref: string;
  readonly jobName: string;
}

export interface StoreWorld {
  readonly gitlab: Artifacts;
  readonly output: Files;
  readonly log: Log;
}

/** A history of a hundred days and 100,000 jobs takes about 10 MB. */
const maxMebibytes = 64;

/** The file of a project in the output folder, and in the artifacts of the job. */
export function keptHistoryPath(projectId: number): string {
  return `herald-history/${projectId}.json`;
}

/**
 * Keeps each project's history in a file of its own: a group of many projects is never in memory at once, and a reading
 * that was stopped has what it read so far. The output folder comes first; then the artifacts of the last job that came
 * to its end. Archives are compressed, so that the files are not.
 */
export function createHistoryStore(
  { gitlab, output, log }: StoreWorld,
  job: KeepingJob | null,
): HistoryStore {
  const ofOutput = async (path: string): Promise<string | null> => {
    try {
      return await output.readText(path, maxMebibytes);
    } catch (error) {
      if (!(error instanceof UnreadableInputError)) throw error;
      log.warn(`${error.message}: what it has is read from GitLab again`);
      return null;
    }
  };
  return {
    async load(projectId) {
      const path = keptHistoryPath(projectId);
      const own = await ofOutput(path);
      if (own !== null || job === null) return own;
      try {
        const bytes = await gitlab.fetchArtifactFileOfRef(job, path, maxMebibytes * 1024 * 1024);
        return bytes === null ? null : new TextDecoder().decode(bytes);
      } catch (error) {
        if (!(error instanceof GitLabError)) throw error;
        log.warn(`the kept history of project ${projectId} could not be fetched: ${error.message}`);
        return null;
      }
    },
    save: (projectId, text) => output.write(keptHistoryPath(projectId), text),
  };
}
