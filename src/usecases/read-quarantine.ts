import { parseYaml } from '../config/parse-yaml.ts';
import { UsageError } from '../errors.ts';
import { type ParsedQuarantine, parseQuarantine } from '../trail/quarantine/parse-quarantine.ts';

/** What of the file is read. */
export const maxQuarantineBytes = 256 * 1024;

/** The entries of the text of a `.herald/quarantine.yml`, or what is wrong with it. */
export async function readQuarantine(text: string): Promise<ParsedQuarantine> {
  try {
    return parseQuarantine(await parseYaml(text, 'the file'));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { kind: 'problems', problems: [error.message] };
  }
}
