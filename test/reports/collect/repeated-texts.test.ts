import { expect, test } from 'vitest';
import { RepeatedTexts } from '../../../src/reports/collect/repeated-texts.ts';

function textsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `class ${number}`);
}

function lookUp(known: RepeatedTexts, text: string): string {
  const bytes = Buffer.from(`<${text}>`);
  return known.text(bytes, 1, 1 + text.length);
}

test('a text is what its bytes say, however many there are for the slots', () => {
  const known = new RepeatedTexts(256);
  const texts = textsOf(5_000);
  for (const text of [...texts, ...texts, '', 'class', 'class 1']) expect(lookUp(known, text)).toBe(text);
});

test('as many texts as there is room for are known when they come again and again', () => {
  const known = new RepeatedTexts(4_096);
  const texts = textsOf(997);
  for (let round = 0; round < 20; round += 1) for (const text of texts) lookUp(known, text);
  const before = known.misses;
  for (const text of texts) lookUp(known, text);
  expect(known.misses - before).toBeLessThan(texts.length / 2);
});
