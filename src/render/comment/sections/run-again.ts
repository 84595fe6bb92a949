import { codeBlock, details, paragraph, text } from '../../../model/document.ts';
import { rerunCommands } from '../run-again/commands.ts';
import type { Section } from '../section.ts';
import { failingTests } from '../verdict.ts';

/** The failing tests as commands to copy, folded away. */
export const runAgain: Section = (summary, words) => {
  const { lines, without } = rerunCommands(summary);
  if (lines.length === 0) return null;
  const more = without > 0 ? [paragraph(text(words.runAgain.without(without)))] : [];
  const heading = [text(words.runAgain.heading(failingTests(summary)))];
  return {
    id: 'run-again',
    importance: 3.9,
    full: [details(heading, [codeBlock(lines.join('\n'), 'shell'), ...more])],
    short: [],
    counted: '',
  };
};
