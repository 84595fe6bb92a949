import type { ReportEvidence } from '../../model/evidence.ts';
import { cleanText } from './clean-text.ts';

const maxReasons = 20;
const maxReasonCharacters = 500;

/** Collects what a report file says of failure in words, beside the tests and numbers that it lists. */
export interface EvidenceCollector {
  failed(reason: string): void;
  incomplete(reason: string): void;
  words(): Pick<ReportEvidence, 'incomplete' | 'verdicts'>;
}

function add(reasons: string[], reason: string): void {
  const line = cleanText(reason, maxReasonCharacters).replace(/\s+/g, ' ').trim();
  if (reasons.length < maxReasons && !reasons.includes(line)) reasons.push(line);
}

/** Starts an empty collection. */
export function createEvidenceCollector(): EvidenceCollector {
  const verdicts: string[] = [];
  const incomplete: string[] = [];
  return {
    failed(reason) {
      add(verdicts, reason);
    },
    incomplete(reason) {
      add(incomplete, reason);
    },
    words: () => ({ verdicts, incomplete }),
  };
}
