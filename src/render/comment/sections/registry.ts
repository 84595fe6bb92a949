import type { SectionId } from '../../../model/section-id.ts';
import type { Section } from '../section.ts';
import { appended } from './appended.ts';
import { checks } from './checks.ts';
import { closes } from './closes.ts';
import { coverage } from './coverage.ts';
import { durations } from './durations.ts';
import { failedJobsSection } from './failed-jobs.ts';
import { failedTests } from './failed-tests.ts';
import { findings } from './findings.ts';
import { footer } from './footer.ts';
import { gates } from './gates.ts';
import { headline } from './headline.ts';
import { metrics } from './metrics.ts';
import { runAgain } from './run-again.ts';
import { testChanges } from './test-changes.ts';
import { thresholds } from './thresholds.ts';
import { touchedFilesSection } from './touched-files.ts';
import { unexplained } from './unexplained.ts';
import { warnings } from './warnings.ts';

/** Every section by its name in the settings; their order is in `model/section-id.ts`. */
export const sections: Readonly<Record<SectionId, Section>> = {
  headline,
  checks,
  gates,
  unexplained,
  'failed-tests': failedTests,
  'run-again': runAgain,
  thresholds,
  'failed-jobs': failedJobsSection,
  findings,
  coverage,
  metrics,
  durations,
  'test-changes': testChanges,
  'touched-files': touchedFilesSection,
  closes,
  appended,
  warnings,
  footer,
};
