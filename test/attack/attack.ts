import { describe, expect, test } from 'vitest';
import { randomTexts } from './random-texts.ts';
import type { Surface } from './surfaces.ts';

/**
 * A small share with a fixed seed in every run of the tests; `npm run attack` draws a million with a seed of its own.
 */
const strings = Number(process.env['ATTACK_STRINGS'] ?? 3_000);
const seed = Number(process.env['ATTACK_SEED'] ?? 20_260_301);

interface Round {
  readonly texts: readonly string[];
  readonly active: readonly string[];
}

async function oneRound(surface: Surface, next: () => string): Promise<Round> {
  const texts: string[] = [];
  const active = await surface.attack(() => {
    const drawn = next();
    texts.push(drawn);
    return drawn;
  });
  return { texts, active };
}

/** Of the texts of a round those that are active alone, among harmless ones: what is to be looked at. */
async function culpritsOf(surface: Surface, { texts }: Round): Promise<readonly string[]> {
  const culprits: string[] = [];
  for (const [index, culprit] of texts.entries()) {
    let at = -1;
    const { active } = await oneRound(surface, () => {
      at += 1;
      return at === index ? culprit : 'plain';
    });
    if (active.length > 0) culprits.push(culprit);
  }
  return culprits.length > 0 ? culprits : texts;
}

async function attacked(surface: Surface): Promise<number> {
  const wanted = Math.ceil((strings * surface.share) / 100);
  const next = randomTexts(seed + surface.share);
  let drawn = 0;
  while (drawn < wanted) {
    const round = await oneRound(surface, next);
    drawn += round.texts.length;
    if (round.active.length === 0) continue;
    const culprits = await culpritsOf(surface, round);
    expect(
      round.active.slice(0, 5),
      `seed ${seed}, text ${drawn}: ${JSON.stringify(culprits.slice(0, 5))}`,
    ).toEqual([]);
  }
  return drawn;
}

/** Texts of strangers on surfaces: none of them may do anything. */
export function attack(surfaces: readonly Surface[]): void {
  describe.each(surfaces)('hostile text in the $name', (surface) => {
    test(`does nothing: seed ${seed}`, async () => {
      const drawn = await attacked(surface);
      if (process.env['ATTACK_STRINGS'] !== undefined)
        process.stdout.write(`${surface.name}: ${drawn} hostile texts, 0 active, seed ${seed}\n`);
      expect(drawn).toBeGreaterThan(0);
    });
  });
}
