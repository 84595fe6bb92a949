import type { Section } from '../section.ts';
import { checks } from './checks.ts';
import { failedJobsSection } from './failed-jobs.ts';
import { failedTests } from './failed-tests.ts';
import { footer } from './footer.ts';
import { headline } from './headline.ts';
import { warnings } from './warnings.ts';

/** The sections in the order of the comment. */
export const sections: readonly Section[] = [
  headline,
  checks,
  failedTests,
  failedJobsSection,
  warnings,
  footer,
];
