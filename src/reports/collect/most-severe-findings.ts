import { type Finding, severities } from '../../model/findings.ts';

export const findingLimits = {
  /** Findings kept with their details; the rest is only counted. */
  details: 10_000,
  /** Findings whose identities are remembered, for ordinals. */
  identities: 100_000,
  /** UTF-16 units of all texts of the kept findings together: 64 MiB of memory. */
  textCharacters: 32 * 1024 * 1024,
} as const;

interface Kept {
  readonly order: number;
  readonly finding: Finding;
}

/** Keeps the most severe of many findings, the earliest of equals, suppressed ones last. */
export interface MostSevereFindings {
  /** False for a finding that `add` would drop at once. */
  takes(finding: Pick<Finding, 'severity' | 'suppressed'>): boolean;
  add(finding: Finding): void;
  /** In the order of the report; the most severe first when some were dropped. */
  list(): readonly Finding[];
}

function weightOf(finding: Finding): number {
  const { message, description, path, identifiers, fix } = finding;
  let weight = message.length + description.length + (path?.length ?? 0) + (fix?.replacement.length ?? 0);
  for (const identifier of identifiers) weight += identifier.length;
  return weight;
}

/** Starts an empty keeper for at most `maxFindings` findings with at most `maxCharacters` of text. */
export function mostSevereFindings(
  maxFindings: number = findingLimits.details,
  maxCharacters: number = findingLimits.textCharacters,
): MostSevereFindings {
  // One list for each severity and a last one for suppressed findings: dropping is a `pop` of the last list that has
  // any.
  const ranks: Kept[][] = [...severities, 'suppressed'].map(() => []);
  let size = 0;
  let characters = 0;
  let added = 0;
  let dropped = false;

  function rankOf({ severity, suppressed }: Pick<Finding, 'severity' | 'suppressed'>): number {
    return suppressed ? severities.length : severities.indexOf(severity);
  }

  function takes(finding: Pick<Finding, 'severity' | 'suppressed'>): boolean {
    const rank = rankOf(finding);
    return size < maxFindings || ranks.some((kept, index) => index > rank && kept.length > 0);
  }

  function dropLeastSevere(): void {
    const last = ranks.findLast((rank) => rank.length > 0)?.pop();
    if (last === undefined) return;
    size -= 1;
    characters -= weightOf(last.finding);
    dropped = true;
  }

  return {
    takes,
    add(finding) {
      if (!takes(finding)) {
        dropped = true;
        return;
      }
      ranks[rankOf(finding)]?.push({ order: added, finding });
      added += 1;
      size += 1;
      characters += weightOf(finding);
      while (size > maxFindings || (characters > maxCharacters && size > 0)) dropLeastSevere();
    },
    list() {
      const kept = ranks.flat();
      if (!dropped) kept.sort((one, other) => one.order - other.order);
      return kept.map(({ finding }) => finding);
    },
  };
}
