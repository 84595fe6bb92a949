import { describe, expect, test } from 'vitest';
import {
  moreSevere,
  severityOfCvss,
  severityOfLinterWord,
  severityOfSecurityWord,
} from '../../../../src/reports/formats/shared/severity-scales.ts';

describe('severities', () => {
  test.each([
    [0, 'info'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
    [10.1, null],
    [-1, null],
    [null, null],
  ])('a CVSS score of %s is %s', (score, severity) => {
    expect(severityOfCvss(score)).toBe(severity);
  });

  test('CVSS 2 knows no critical', () => {
    expect(severityOfCvss(10, '2')).toBe('high');
  });

  test.each([
    ['Critical', 'critical'],
    [' MODERATE ', 'medium'],
    ['Negligible', 'info'],
    ['Undefined', 'unknown'],
    [null, 'unknown'],
  ])('a security tool says %s: %s', (word, severity) => {
    expect(severityOfSecurityWord(word)).toBe(severity);
  });

  test.each([
    ['Error', 'high'],
    ['warning', 'medium'],
    ['note', 'low'],
    ['info', 'info'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('a linter says %s: %s', (word, severity) => {
    expect(severityOfLinterWord(word)).toBe(severity);
  });

  test('a known severity is more severe than an unknown one', () => {
    expect(moreSevere('unknown', 'info')).toBe('info');
    expect(moreSevere('critical', 'low')).toBe('critical');
  });
});
