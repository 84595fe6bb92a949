import { code, type Document, type Icon, icon, paragraph, text } from '../model/document.ts';
import type { Check, CheckState } from './check.ts';

const icons: Readonly<Record<CheckState, Icon>> = {
  ok: 'passed',
  warning: 'warning',
  problem: 'failed',
  unknown: 'warning',
};

/** All problems, for the issue that doctor keeps. */
export function doctorDocument(checks: readonly Check[]): Document {
  const bad = checks.filter(({ state }) => state === 'problem' || state === 'warning');
  if (bad.length === 0) return [paragraph(text('All is well.'))];
  return bad.map(({ project, about, state, words, remedy }) =>
    paragraph(
      icon(icons[state]),
      text(' '),
      ...(project === null ? [] : [code(project), text(' ')]),
      text(`${about}: ${words}${remedy === null ? '' : `. To do: ${remedy}`}`),
    ),
  );
}
