import type { TracePattern } from '../pattern.ts';
import { compilers, typeCheckers } from './compilers.ts';
import { containers } from './containers.ts';
import { packageManagers } from './dependencies.ts';
import { kubernetes, terraform } from './deployment.ts';
import { generic } from './generic.ts';
import { createHintFinder } from './hints.ts';
import { disk, endings, images, memory, runner, timeouts } from './infrastructure.ts';
import { linters } from './linters.ts';
import { moreTestRunners } from './more-tests.ts';
import { network } from './network.ts';
import { nodePackages } from './node-packages.ts';
import { artifacts, git } from './repository.ts';
import { exceptions, shell } from './shell.ts';
import { audits, systemPackages } from './system-packages.ts';
import { testRunners } from './tests.ts';

/** Every pattern, the weightiest first. */
export const patterns: readonly TracePattern[] = [
  ...testRunners,
  ...moreTestRunners,
  ...compilers,
  ...typeCheckers,
  ...linters,
  ...nodePackages,
  ...packageManagers,
  ...systemPackages,
  ...audits,
  ...containers,
  ...terraform,
  ...kubernetes,
  ...git,
  ...artifacts,
  ...memory,
  ...endings,
  ...disk,
  ...timeouts,
  ...runner,
  ...images,
  ...network,
  ...shell,
  ...exceptions,
  ...generic,
].sort((a, b) => b.weight - a.weight);

interface Ranked {
  readonly pattern: TracePattern;
  readonly rank: number;
}

function hintsOf({ hint }: TracePattern): readonly string[] {
  return typeof hint === 'string' ? [hint] : hint;
}

/** By hint the patterns that have it, the weightiest first. */
const rankedByHint = new Map<string, Ranked[]>();
for (const [rank, pattern] of patterns.entries()) {
  for (const hint of hintsOf(pattern)) {
    const ranked = rankedByHint.get(hint);
    if (ranked === undefined) rankedByHint.set(hint, [{ pattern, rank }]);
    else ranked.push({ pattern, rank });
  }
}

const hintsIn = createHintFinder([...rankedByHint.keys()]);
const rankedByLongest = new Map<string, readonly Ranked[]>();

/**
 * The patterns of a hint and of those that it begins with, put together when a line first has it: most logs have few.
 */
function patternsOfHint(hint: string): readonly Ranked[] {
  const known = rankedByLongest.get(hint);
  if (known !== undefined) return known;
  const ranked: Ranked[] = [];
  for (let end = 1; end <= hint.length; end += 1)
    ranked.push(...(rankedByHint.get(hint.slice(0, end)) ?? []));
  ranked.sort((a, b) => a.rank - b.rank);
  rankedByLongest.set(hint, ranked);
  return ranked;
}

// "0 errors", "no failures": the words are there because nothing happened.
const NOTHING =
  /\b(?:0|no|zero|without) (?:errors?|failures?|failed|failing|problems?|issues?|vulnerabilit\w{1,4})\b/gi;

// What is tried again, or passed over, did not end the job; these kinds are the ones that tools try again.
const PASSED_OVER =
  /\b(?:retry|retrying|retries|ignored|ignoring|skipping|attempt #?\d{1,3})\b|^(?:npm )?warn(?:ing)?\b|^\W{0,6}(?:note|hint|help|info|debug)\b/i;
const canPass: ReadonlySet<string> = new Set([
  'network',
  'git',
  'permission',
  'missing-file',
  'script',
  'dependency',
]);

// What runs a tool puts words before its lines: BuildKit `#14 1.999 `, Compose `web-1  | `, Turborepo `web:test: `, a
// log's time, fastlane `[10:00:00]: ▸ `.
const PREFIX =
  /^(?:#\d{1,4} \d{1,6}\.\d{1,3} |[\w.-]{1,60}-\d{1,3} {1,30}\| |(?:@[\w-]{1,40}\/)?[\w-]{1,60}:[\w-]{2,40}: |\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,Z+:-]{0,16}\]? |\[\d\d:\d\d:\d\d\]: (?:▸ )?)/;

/** What of a line is matched: without what is before it, without words of things that did not happen. */
function matchable(text: string): string {
  const bare = text.replace(PREFIX, '');
  return /\b(?:0|no|zero|without) /i.test(bare) ? bare.replace(NOTHING, '') : bare;
}

/** The weightiest pattern that knows a line of at most 2,000 characters; null for most lines. */
export function patternOf(text: string): TracePattern | null {
  const found = hintsIn(text);
  if (found.size === 0) return null;
  const line = matchable(text);
  const isPassedOver = PASSED_OVER.test(line);
  let best: Ranked | null = null;
  for (const hint of found) {
    for (const ranked of patternsOfHint(hint)) {
      const { pattern, rank } = ranked;
      if (best !== null && rank >= best.rank) break;
      if (pattern.line.test(line) && !(isPassedOver && canPass.has(pattern.kind))) best = ranked;
    }
  }
  return best?.pattern ?? null;
}
