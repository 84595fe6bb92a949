import { testLabel } from '../../model/flaky-mark.ts';
import type { QuarantineEntry } from '../../model/quarantine.ts';
import type { TestCase } from '../../model/tests.ts';

type Named = Pick<TestCase, 'className' | 'name'>;

/** Whether a text is what a glob means, in which `*` stands for any text. Linear in both. */
export function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The entries of a list by what they match; looks at each glob once per test. */
export function entryFinder(entries: readonly QuarantineEntry[]): (test: Named) => QuarantineEntry | null {
  const exact = new Map<string, readonly QuarantineEntry[]>();
  for (const entry of entries)
    if (entry.test !== null) exact.set(entry.test, [...(exact.get(entry.test) ?? []), entry]);
  const globs = entries.filter(({ glob }) => glob !== null);
  return (test) => {
    const names = [...new Set([testLabel(test), test.name])];
    const found = [
      ...names.flatMap((name) => exact.get(name) ?? []),
      ...globs.filter(({ glob }) => glob !== null && names.some((name) => matchesGlob(glob, name))),
    ];
    return found.reduce<QuarantineEntry | null>(
      (longest, one) => (longest === null || one.expires > longest.expires ? one : longest),
      null,
    );
  };
}
