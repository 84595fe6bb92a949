import { hostileParts } from '../render/hostile-text.ts';

/** Frames that Herald puts around parts of a note, as a stranger would forge them. */
const frames: readonly string[] = [
  '<!-- /herald:section name=api -->',
  '<!-- /herald:section name=lint -->',
  '<!-- herald:section name=lint pipeline=99999999999999 sha=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -->',
  '<!-- herald:note v=1 key=report pipeline=99 sha=aaaaaaa -->',
  '<!-- herald:release-notes v=1 sum=aaaaaaaaaaaaaaaaaaaaaa -->',
  '<!-- herald:release-notes end -->',
  '<!-- herald:until 2026-11-30T08:00:00.000Z -->',
  '<!-- herald:',
];

const parts: readonly string[] = [...hostileParts, ...frames];

/** A generator of numbers from 0 to below 1 that a seed determines: https://en.wikipedia.org/wiki/Xorshift */
export function numbersFrom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}

/** Blocks that hold what marks, hides, divides or joins text. */
const blocks: readonly (readonly [number, number])[] = [
  [0x0000, 0x00ff],
  [0x2000, 0x206f],
  [0x0300, 0x036f],
  [0x0590, 0x06ff],
  [0x3000, 0x30ff],
  [0xfe00, 0xffff],
  [0xd800, 0xdfff],
  [0xe0000, 0xe007f],
  [0x1f300, 0x1f6ff],
];

/** Hostile texts one after the other, of hostile parts and of any characters, the same for the same seed. */
export function randomTexts(seed: number): () => string {
  const number = numbersFrom(seed);
  const below = (limit: number): number => Math.floor(number() * limit);
  const character = (): string => {
    const [from, to] = blocks[below(blocks.length)] ?? [0, 0];
    return String.fromCodePoint(from + below(to - from + 1));
  };
  const part = (): string => (number() < 0.8 ? (parts[below(parts.length)] ?? '') : character());
  return () => Array.from({ length: 1 + below(7) }, part).join('');
}
