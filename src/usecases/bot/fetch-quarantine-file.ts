import { readYaml } from '../../config/parse-yaml.ts';
import { UsageError } from '../../errors.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import { type QuarantineFile, quarantinePath } from '../../model/quarantine.ts';
import { parseQuarantine } from '../../trail/quarantine/parse-quarantine.ts';
import { maxQuarantineBytes as maxBytes } from '../read-quarantine.ts';
import { unlessTooLarge } from '../unless-too-large.ts';

interface Branch {
  readonly project: number;
  readonly branch: string;
}

/** The quarantine of a branch with the lines of its entries. One request; throws what the port throws. */
export async function fetchQuarantineFile(
  { project, branch }: Branch,
  gitlab: Pick<Repository, 'fetchFile'>,
): Promise<QuarantineFile> {
  const none = { branch, text: null, entries: [], problem: null };
  const place = { project, path: quarantinePath, ref: `refs/heads/${branch}` };
  try {
    const bytes = await unlessTooLarge(gitlab.fetchFile(place, maxBytes), {
      where: quarantinePath,
      maxBytes,
    });
    if (bytes === null) return none;
    const text = new TextDecoder().decode(bytes);
    const { value, problems, placeOf } = await readYaml(text);
    const [problem] = problems;
    if (problem !== undefined)
      return { ...none, text, problem: `${problem.message} in line ${problem.line}` };
    const found = parseQuarantine(value);
    if (found.kind === 'problems') return { ...none, text, problem: found.problems[0] ?? '' };
    const entries = found.entries.map((entry, at) => ({
      entry,
      line: placeOf([at]).line,
      expiresLine: placeOf([at, 'expires']).line,
    }));
    return { ...none, text, entries };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...none, problem: error.message };
  }
}
