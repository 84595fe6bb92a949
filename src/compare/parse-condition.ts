import { UsageError } from '../errors.ts';
import { severities } from '../model/findings.ts';
import { nearest } from '../model/nearest.ts';
import type { Gate, Operator, Threshold } from './gate.ts';
import { type GateName, gates } from './gates.ts';

export interface Condition {
  /** As the user wrote it. */
  readonly text: string;
  readonly name: GateName;
  readonly grade: 'fail' | 'warn';
  readonly operator: Operator;
  readonly threshold: Threshold;
}

type NamedGate = Gate & { readonly name: GateName };

/** Sizes in bytes and times in seconds. kB, MB and GB are powers of ten, KiB, MiB and GiB of two (IEC 80000-13). */
const units: Readonly<Record<string, readonly ['number' | 'percent' | 'bytes' | 'seconds', number]>> = {
  '': ['number', 1],
  pp: ['percent', 1],
  '%': ['percent', 1],
  b: ['bytes', 1],
  kb: ['bytes', 1e3],
  mb: ['bytes', 1e6],
  gb: ['bytes', 1e9],
  kib: ['bytes', 1024],
  mib: ['bytes', 1024 ** 2],
  gib: ['bytes', 1024 ** 3],
  s: ['seconds', 1],
  m: ['seconds', 60],
  min: ['seconds', 60],
  h: ['seconds', 3600],
};

const grammar =
  /^([a-z][a-z-]{0,40})\s*(?:(<=|>=|<|>)\s*(?:(\d{1,12}(?:\.\d{1,6})?)\s*([a-z%]{0,3})|([a-z]{1,12})))?$/i;

const kindsInWords: Readonly<Record<Threshold['kind'], string>> = {
  number: 'a number',
  percent: 'a percentage',
  bytes: 'a size like 10kB',
  seconds: 'a time like 5m',
  severity: `a severity (${severities.join(', ')})`,
};

export function gateNamed(name: string): NamedGate | null {
  return gates.find((gate) => gate.name === name) ?? null;
}

function operatorFrom(text: string): Operator {
  return text === '<' || text === '<=' || text === '>' ? text : '>=';
}

/** A list ends an item at a comma: the part behind it is left alone. */
function isBehindComma(text: string): boolean {
  return /^\s*\d+\s*(?:(?:%|pp)\s*)?$/.test(text);
}

function notACondition(option: string, text: string): UsageError {
  if (isBehindComma(text))
    return new UsageError(`${option}: "${text.slice(0, 80)}" is not a valid condition`, {
      hint: 'write decimals with a point, as in coverage-drop>0.5: a comma begins another condition',
    });
  const word = /^[a-z-]+/i.exec(text.trim())?.[0] ?? '';
  const names = gates.map(({ name }) => name);
  const suggestion = names.some((name) => name === word) ? null : nearest(word, names);
  const examples = gates.map(({ example }) => example).join(', ');
  return new UsageError(`${option}: "${text.slice(0, 80)}" is not a valid condition`, {
    hint: suggestion === null ? `conditions look like: ${examples}` : `did you mean "${suggestion}"?`,
  });
}

function thresholdFrom(match: RegExpExecArray): Threshold | null {
  const [, , , number, suffix = '', word] = match;
  if (number !== undefined) {
    const unit = units[suffix.toLowerCase()];
    return unit === undefined ? null : { kind: unit[0], value: Number(number) * unit[1] };
  }
  const severity = severities.find((known) => known === word?.toLowerCase());
  return severity === undefined ? null : { kind: 'severity', severity };
}

/** With a severity only "this severity or above" makes sense. */
function fits(gate: Gate, threshold: Threshold, operator: Operator): boolean {
  return gate.takes.includes(threshold.kind) && (threshold.kind !== 'severity' || operator === '>=');
}

/**
 * Reads one condition of `fail-on` or `warn-on`: a gate's name, alone or with `<`, `<=`, `>`, `>=` and a threshold
 * (`coverage<80`, `size-increase>5%`, `size-increase>10kB`, `duration-increase>5m`, `new-findings>=high`). Throws
 * `UsageError` that names the condition and what is possible.
 */
export function parseCondition(
  text: string,
  grade: 'fail' | 'warn' = 'fail',
  option: 'fail-on' | 'warn-on' | 'label-rules' = grade === 'fail' ? 'fail-on' : 'warn-on',
): Condition {
  const match = grammar.exec(text.trim());
  const gate = match?.[1] === undefined ? null : gateNamed(match[1]);
  if (match === null || gate === null) throw notACondition(option, text);
  const base = { text: text.trim(), name: gate.name, grade };
  if (match[2] === undefined) {
    if (gate.bare) return { ...base, operator: '>', threshold: { kind: 'number', value: 0 } };
    throw new UsageError(`${option}: "${gate.name}" needs a threshold`, {
      hint: `for example ${gate.example}`,
    });
  }
  const operator = operatorFrom(match[2]);
  const threshold = thresholdFrom(match);
  if (threshold !== null && fits(gate, threshold, operator)) return { ...base, operator, threshold };
  const possible = gate.takes.map((kind) => kindsInWords[kind]).join(' or ');
  throw new UsageError(
    `${option}: "${text.trim().slice(0, 80)}": ${gate.name} is compared with ${possible}`,
    {
      hint: `for example ${gate.example}`,
    },
  );
}
