import { describe, expect, test } from 'vitest';
import { fitMarkdown } from '../../../src/render/markdown/fit-markdown.ts';

/** What the last paragraph of a cut text says. */
function noticeOf(body: string): readonly number[] {
  const [, omitted, total] = /… (\d+) of (\d+) characters are omitted\\?\.\n*$/.exec(body) ?? [];
  return [Number(omitted), Number(total)];
}

describe('a text that fits', () => {
  test.each(['', 'a', 'a\nb', `# Head\n\n${'word '.repeat(300)}`])('is there as a whole: %j', (text) => {
    const { body, omitted } = fitMarkdown(text, 2_000);
    expect(omitted).toBe(0);
    expect(body).not.toContain('left out');
  });

  test('may be longer than 64 Ki characters', () => {
    const { body, omitted } = fitMarkdown('word\n'.repeat(30_000), 900_000);
    expect(omitted).toBe(0);
    expect(body.split('word').length - 1).toBe(30_000);
  });
});

describe('a text that does not fit', () => {
  test.each([
    { name: 'lines', text: 'line\n'.repeat(10_000), unit: 'line' },
    { name: 'one line', text: 'word '.repeat(10_000), unit: 'word' },
    { name: 'what has to be escaped', text: '*_`<&[\n\nx'.repeat(2_000), unit: 'x' },
    { name: 'characters of two units', text: '😀'.repeat(3_000), unit: '😀' },
    {
      name: 'a fence that is cut open',
      text: `\`\`\`\n${'code\n'.repeat(5_000)}\`\`\`\n\nend`,
      unit: 'code',
    },
  ])('keeps its size and says what it omits: $name', ({ text, unit }) => {
    const { body, omitted, total } = fitMarkdown(text, 2_000);
    expect(body.length).toBeLessThanOrEqual(2_000);
    expect(body).not.toMatch(/\p{Surrogate}/u);
    expect(total).toBe(Array.from(text).length);
    expect(noticeOf(body)).toEqual([omitted, total]);
    // An independent count of what is there.
    const kept = body.split(unit).length - 1;
    const all = text.split(unit).length - 1;
    expect(kept).toBeGreaterThan(0);
    expect(omitted).toBeGreaterThanOrEqual((all - kept - 1) * Array.from(unit).length);
    expect(omitted).toBeLessThan(total);
  });
});
