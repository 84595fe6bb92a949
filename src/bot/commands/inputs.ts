import type { CiInputs, CiInputValue } from '../../model/ci-inputs.ts';
import { code, type Document, paragraph, text } from '../../model/document.ts';

const pair = /^([A-Za-z_][\w-]{0,254})=([^]*)$/;

/**
 * Numbers, `true`, `false`, arrays and texts in JSON's own quotation marks are read as JSON, because GitLab checks the
 * type; everything else is a text.
 */
function valueOf(written: string): CiInputValue {
  if (!/^(?:-?\d|true$|false$|\[|")/.test(written)) return written;
  try {
    const value: unknown = JSON.parse(written);
    const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isValue || Array.isArray(value) ? value : written;
  } catch {
    return written;
  }
}

/** The words of a command, and the `name=value` after them; a later value replaces an earlier one. */
export function withoutInputs(args: readonly string[]): {
  readonly words: readonly string[];
  readonly inputs: CiInputs;
} {
  const end = args.findLastIndex((arg) => !pair.test(arg)) + 1;
  const pairs = args.slice(end).map((arg): [string, CiInputValue] => {
    const [, name = '', value = ''] = pair.exec(arg) ?? [];
    return [name, valueOf(value)];
  });
  return { words: args.slice(0, end), inputs: Object.fromEntries(pairs) };
}

export function hasInputs(inputs: CiInputs): boolean {
  return Object.keys(inputs).length > 0;
}

/** Names the inputs in an answer; nothing without any. */
export function inputLines(inputs: CiInputs): Document {
  if (!hasInputs(inputs)) return [];
  const shown = Object.entries(inputs).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [paragraph(text('With the inputs '), code(shown.join(' ')), text('.'))];
}
