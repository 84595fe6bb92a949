import { describe, expect, test } from 'vitest';
import { scoreOfVector, severityOfVector } from '../../../../src/reports/formats/shared/cvss-vector.ts';

// Scores as the calculator and the examples of first.org/cvss/v3.1/examples give them.
describe('the base score of a CVSS 3 vector', () => {
  test.each([
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5],
    ['CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:N', 2.3],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P', 9.8],
  ])('%s is %d', (vector, score) => {
    expect(scoreOfVector(vector)).toBe(score);
  });

  test.each([
    null,
    '',
    'CVSS:4.0/AV:N',
    'CVSS:3.1/AV:N',
    'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'AV:N/AC:L',
  ])('%s has none', (vector) => {
    expect(scoreOfVector(vector)).toBeNull();
    expect(severityOfVector(vector)).toBe('unknown');
  });
});
