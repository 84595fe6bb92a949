import type { Occurrence } from '../../bot/occurrence.ts';
import { factsNeededBy, usernamesIn } from '../../bot/rules/evaluate.ts';
import type { Rule } from '../../bot/rules/rule.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { FactSource } from './bot-world.ts';
import { factsWith, gatherFacts } from './gather-facts.ts';
import type { Known } from './known-facts.ts';
import { occurrencesOfRules } from './rules-now.ts';

export interface Trial {
  readonly rules: readonly Rule[];
  readonly occurrence: Occurrence;
  readonly known: Known;
}

type Needed = (facts: Facts, asked: ReadonlySet<FactName>) => readonly FactName[];

async function gatherWhile(
  needed: Needed,
  first: Facts,
  where: FactSource & { readonly known: Known },
): Promise<Facts> {
  const asked = new Set<FactName>();
  let facts = first;
  for (;;) {
    const names = needed(facts, asked);
    if (names.length === 0) return facts;
    for (const name of names) asked.add(name);
    facts = await gatherFacts(facts, names, where);
  }
}

/** Fetches only the facts that undecided rules need. */
export async function factsForRules(
  { rules, occurrence, known }: Trial,
  { gitlab, clock, log }: FactSource,
): Promise<Facts> {
  return gatherWhile((facts, asked) => factsNeededBy(rules, occurrence, facts, asked), factsWith(known), {
    known: { ...known, usernames: usernamesIn(rules, occurrence) },
    gitlab,
    clock,
    log,
  });
}

/** Further facts that are needed to show what each rule alone would do to the object now. */
export async function factsToExplain(
  { rules, facts, known }: { readonly rules: readonly Rule[]; readonly facts: Facts; readonly known: Known },
  { gitlab, clock, log }: FactSource,
): Promise<Facts> {
  if (facts.subject === null) return facts;
  const trials = occurrencesOfRules(rules, facts.subject.at);
  const names = trials.flatMap(({ rule, occurrence }) => usernamesIn([rule], occurrence));
  return gatherWhile(
    (all, asked) => [
      ...new Set(trials.flatMap(({ rule, occurrence }) => factsNeededBy([rule], occurrence, all, asked))),
    ],
    facts,
    { known: { ...known, usernames: [...new Set([...known.usernames, ...names])] }, gitlab, clock, log },
  );
}
