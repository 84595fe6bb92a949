import { type Block, icon, paragraph, text } from '../../model/document.ts';
import type { MissingPart, PartName } from '../../model/missing-part.ts';
import type { SectionId } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import type { RenderedSection } from './section.ts';

/** The section that says so; null where each failed job or each report does. */
const sectionOf: Readonly<Record<PartName, SectionId | null>> = {
  'merge-request': 'warnings',
  jobs: 'failed-jobs',
  traces: null,
  'job-reports': null,
  'test-report': 'failed-tests',
  baseline: 'footer',
  diff: 'coverage',
  labels: 'gates',
  'flaky-marks': 'failed-tests',
  'code-owner-approval': 'gates',
  quarantine: 'failed-tests',
  'touched-files': 'touched-files',
  blame: 'failed-tests',
};

/** As the unexplained signs: it decides about the verdict. */
const importance = 1.2;

/** The footer gives the reason itself where there is no baseline. */
function isSaid({ part }: MissingPart, { comparison }: Summary): boolean {
  return part === 'baseline' && comparison.missing !== null;
}

/** A section with a sentence for each of its parts that GitLab did not give; that sentence alone where it is empty. */
export function withMissingParts(
  id: SectionId,
  section: RenderedSection | null,
  { summary, words }: { readonly summary: Summary; readonly words: Language },
): RenderedSection | null {
  const said = summary.missing
    .filter((one) => sectionOf[one.part] === id && !isSaid(one, summary))
    .map(({ part, reason }): Block => {
      const sentence = words.missing.sentence[part](words.missing.reason[reason]);
      return paragraph(icon('warning'), text(` ${sentence}`));
    });
  if (said.length === 0) return section;
  if (section === null) return { id, importance, full: said, short: said, counted: '' };
  return { ...section, full: [...section.full, ...said], short: [...section.short, ...said] };
}
