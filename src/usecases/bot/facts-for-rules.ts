import type { Occurrence } from '../../bot/occurrence.ts';
import { factsNeededBy, usernamesIn } from '../../bot/rules/evaluate.ts';
import type { Rule } from '../../bot/rules/rule.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { BotWorld } from './bot-world.ts';
import { factsWith, gatherFacts, type Known } from './gather-facts.ts';

export interface Trial {
  readonly rules: readonly Rule[];
  readonly occurrence: Occurrence;
  readonly known: Known;
}

/** Facts are fetched as far as rules that are still in play look at them. */
export async function factsForRules(
  { rules, occurrence, known }: Trial,
  { gitlab, log }: Pick<BotWorld, 'gitlab' | 'log'>,
): Promise<Facts> {
  const asked = new Set<FactName>();
  const where = {
    known: { ...known, usernames: usernamesIn(rules, occurrence) },
    gitlab,
    warn: (words: string) => {
      log.warn(words);
    },
  };
  let facts = factsWith(known);
  for (;;) {
    const needed = factsNeededBy(rules, occurrence, facts, asked);
    if (needed.length === 0) return facts;
    for (const name of needed) asked.add(name);
    facts = await gatherFacts(facts, needed, where);
  }
}
