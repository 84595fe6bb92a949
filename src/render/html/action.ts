import type { Document } from '../../model/document.ts';
import type { SectionId } from '../../model/section-id.ts';
import type { Language } from '../words/english.ts';
import { all, bytesOf, el, type Html } from './element.ts';
import { fittedSection, sectionHtml } from './section-html.ts';

/** So that the list of tests, which names every failure, has as much room on a page of 2 MB. */
const maxBytes = 900_000;
/** Fewer and fewer failures are shown in full until they fit; with 0 they are counted. */
const detailSteps = [2_000, 1_000, 500, 250, 100, 50, 25, 10, 5, 1, 0] as const;

/** Sections that ask somebody to do something, failed tests first. */
export const calls: readonly SectionId[] = ['failed-tests', 'run-again', 'failed-jobs', 'gates'];

type Sections = ReadonlyMap<SectionId, Document>;

function callsOf(sections: Sections): Html | null {
  const found = calls.flatMap((id) => {
    const document = sections.get(id);
    return document === undefined ? [] : [sectionHtml(document)];
  });
  return found.length === 0 ? null : all(found);
}

export interface ActionOptions {
  /** With `maxDetails` items in full. */
  readonly sections: Sections;
  readonly maxDetails: number;
  /** The same sections with fewer items in full. */
  sectionsWith(maxDetails: number): Sections;
}

/**
 * What needs action, in at most 900 kB: where all of it has no room, fewer failures are in full, the others are
 * counted, and a sentence above says so and where they are. Null where nothing does.
 */
export function actionPart(options: ActionOptions, words: Language): Html | null {
  const whole = callsOf(options.sections);
  let fitting = whole;
  let shown = options.maxDetails;
  for (const step of detailSteps) {
    if (fitting === null || bytesOf(fitting) <= maxBytes) break;
    if (step >= options.maxDetails) continue;
    shown = step;
    fitting = callsOf(options.sectionsWith(step));
  }
  if (fitting === null || fitting === whole) return fitting;
  const cut = el('p', {}, words.page.actionCut(shown, options.maxDetails));
  if (bytesOf(fitting) <= maxBytes) return all([cut, fitting]);
  // Even what is only counted has no room: names and messages may be long.
  const counted = options.sectionsWith(0);
  const documents = calls.flatMap((id) => counted.get(id) ?? []);
  return all([cut, fittedSection(documents, maxBytes, words)]);
}
