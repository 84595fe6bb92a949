import { UnreadableInputError } from '../errors.ts';
import { createMasker, maskedJson } from './masker.ts';
import type { Files } from './port.ts';

const auditFileName = 'herald-audit.jsonl';

export interface AuditFile {
  /** Keeps one entry: any JSON value, without bodies and tokens. */
  add(entry: object): void;
  /** Adds the entries since the last time to `herald-audit.jsonl`; nothing when there is none. */
  write(files: Files): Promise<void>;
}

/** What an earlier command of the same job wrote; a file that cannot be read is replaced. */
async function earlierLines(files: Files): Promise<string> {
  try {
    const text = (await files.readText(auditFileName)) ?? '';
    return text === '' || text.endsWith('\n') ? text : `${text}\n`;
  } catch (error) {
    if (error instanceof UnreadableInputError) return '';
    throw error;
  }
}

/**
 * Collects the audit entries of a run. Secrets in entries are masked here once more.
 *
 * @param secrets asked for the first entry: before the first request nothing is looked up for it
 */
export function createAuditFile(secrets: () => readonly string[]): AuditFile {
  let mask: ((text: string) => string) | null = null;
  const lines: string[] = [];
  return {
    add(entry) {
      mask ??= createMasker(secrets());
      lines.push(maskedJson(entry, mask));
    },
    async write(files) {
      if (lines.length === 0) return;
      const earlier = await earlierLines(files);
      const count = lines.length;
      await files.write(auditFileName, `${earlier}${lines.join('\n')}\n`);
      lines.splice(0, count);
    },
  };
}
