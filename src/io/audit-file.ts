import { createMasker } from './masker.ts';
import type { Files } from './port.ts';

export const auditFileName = 'herald-audit.jsonl';

export interface AuditFile {
  /** Keeps one entry: anything that JSON can hold, without bodies and tokens. */
  add(entry: object): void;
  /** Writes `herald-audit.jsonl` with all entries; nothing when there is none. */
  write(files: Files): Promise<void>;
}

/** Collects the audit entries of a run. What the entries must not hold is masked once more here. */
export function createAuditFile(secrets: readonly string[]): AuditFile {
  const mask = createMasker(secrets);
  const lines: string[] = [];
  return {
    add(entry) {
      lines.push(mask(JSON.stringify(entry)));
    },
    async write(files) {
      if (lines.length > 0) await files.write(auditFileName, `${lines.join('\n')}\n`);
    },
  };
}
