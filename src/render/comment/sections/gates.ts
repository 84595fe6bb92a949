import {
  type Block,
  code,
  details,
  heading,
  icon,
  list,
  paragraph,
  restOf,
  strong,
  text,
} from '../../../model/document.ts';
import { failsJob, type GateVerdict } from '../../../model/gate.ts';
import type { Language } from '../../words/english.ts';
import { itemLimit, type Section } from '../section.ts';

const usualGates = 20;

function stateOf(verdict: GateVerdict): 'failed' | 'warned' | 'allowed' | 'unknown' | 'passed' {
  if (verdict.outcome !== 'failed') return verdict.outcome;
  if (verdict.override !== null) return 'allowed';
  return failsJob(verdict) ? 'failed' : 'warned';
}

const icons = {
  failed: 'failed',
  warned: 'warning',
  allowed: 'warning',
  unknown: 'skipped',
  passed: 'passed',
} as const;

function item(verdict: GateVerdict, words: Language): readonly Block[] {
  const { condition, message, override } = verdict;
  const state = stateOf(verdict);
  const allowed =
    override === null ? [] : [text(` – ${words.gates.allowed(override.label, override.setBy)}`)];
  return [
    paragraph(
      icon(icons[state]),
      text(' '),
      code(condition),
      text(' '),
      strong(text(words.gates.outcome[state])),
      text(`: ${message}`),
      ...allowed,
    ),
  ];
}

/**
 * Failed gates with what would fix them, warnings, allowed ones; those that could not be measured, open where they
 * should fail.
 */
export const gates: Section = (summary, words, options) => {
  const isTold = (verdict: GateVerdict): boolean =>
    verdict.outcome === 'failed' || (options.layout.detail === 'full' && verdict.outcome === 'passed');
  const told = summary.gates.filter(isTold);
  const weight = { failed: 0, allowed: 1, warned: 2, unknown: 3, passed: 4 } as const;
  const sorted = [...told].sort((a, b) => weight[stateOf(a)] - weight[stateOf(b)]);
  const unknown = summary.gates.filter(({ outcome }) => outcome === 'unknown');
  // A gate that should fail the job and was not judged looks like one that passed, unless it is in sight.
  const protectsNothing = unknown.some(({ grade }) => grade === 'fail');
  if (told.length + unknown.length === 0) return null;
  const limit = itemLimit(options, usualGates);
  const blocks = (max: number): readonly Block[] => [
    ...(told.length === 0 ? [] : [heading(4, text(words.gates.heading))]),
    ...(told.length === 0 || max === 0
      ? []
      : [list(...sorted.slice(0, max).map((verdict) => item(verdict, words)))]),
    ...(told.length > max ? [restOf(told.length - max, words.gates.more(told.length - max))] : []),
    ...(unknown.length === 0
      ? []
      : [
          details(
            [
              icon(protectsNothing ? 'warning' : 'skipped'),
              text(` ${words.gates.label}: ${words.gates.unknownCount(unknown.length)}`),
            ],
            [list(...unknown.slice(0, usualGates).map((verdict) => item(verdict, words)))],
            protectsNothing,
          ),
        ]),
  ];
  return {
    id: 'gates',
    importance: 1.5,
    full: blocks(limit),
    short: blocks(Math.min(limit, 5)).filter(({ kind }) => kind !== 'details'),
    counted: words.gates.noun(told.length),
  };
};
