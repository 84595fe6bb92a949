import { describe, expect, test } from 'vitest';
import { unsafePatternReason } from '../../../../src/reports/formats/shared/pattern-safety.ts';

describe('unsafePatternReason', () => {
  test.each([
    String.raw`^(?<path>[^:]+):(?<line>\d+):(?<column>\d+): (?<severity>\w+): (?<message>.*)$`,
    String.raw`^(?<path>.+?)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<rule>[A-Z]+\d+): (?<message>.*) \[.*\]$`,
    String.raw`(?:a{2,4}){3}x`,
    String.raw`[+*(]+\)+`,
    String.raw`(a|b)?`,
  ])('has nothing against %s', (pattern) => {
    expect(unsafePatternReason(pattern)).toBeNull();
  });

  test.each([
    ['(a+)+$', 'repeats a group'],
    ['(?:a*)*', 'repeats a group'],
    ['((a+)b)*', 'repeats a group'],
    ['(a|aa)+$', 'repeats a group'],
    ['(a+){2,}', 'repeats a group'],
    ['(a+){1,1000}', 'repeats a group'],
    [String.raw`(?<x>a)\k<x>`, 'refers back'],
    [String.raw`(a)\1`, 'refers back'],
    ['.*.*.*.*.*x', 'repetitions of nearly any character'],
    ['a'.repeat(501), 'is longer'],
  ])('refuses %s', (pattern, reason) => {
    expect(unsafePatternReason(pattern)).toContain(reason);
  });
});
