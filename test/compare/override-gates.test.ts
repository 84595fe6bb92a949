import { describe, expect, test } from 'vitest';
import { allowingLabels, overrideGates } from '../../src/compare/override-gates.ts';
import { aGateVerdict } from '../builders.ts';

const dropped = aGateVerdict({ condition: 'coverage-drop>0.5', message: 'line coverage fell by 1 pp' });

describe('a label allows a failed gate', () => {
  test.each([
    { name: 'of its name', label: 'herald::allow-coverage-drop', allows: true },
    {
      name: 'with one colon, as GitLab keeps one label of a scope',
      label: 'herald:allow-coverage-drop',
      allows: true,
    },
    { name: 'in any case, as people type', label: 'Herald::Allow-Coverage-Drop', allows: true },
    { name: 'not of another gate', label: 'herald::allow-coverage', allows: false },
    {
      name: 'not with its limit: the label is for the gate',
      label: 'herald::allow-coverage-drop>0.5',
      allows: false,
    },
    { name: 'not inside another word', label: 'x-herald::allow-coverage-drop', allows: false },
  ])('$name', ({ label, allows }) => {
    expect(allowingLabels([dropped], ['bug', label])).toEqual(allows ? [label] : []);
    const [verdict] = overrideGates([dropped], [{ label, setBy: 'ada' }]);
    expect(verdict?.override).toEqual(allows ? { label, setBy: 'ada' } : null);
    expect(verdict?.outcome).toBe('failed');
  });

  test.each([
    { name: 'a gate that passed has nothing to allow', verdict: aGateVerdict({ outcome: 'passed' }) },
    { name: 'a warning fails nothing anyway', verdict: aGateVerdict({ grade: 'warn' }) },
  ])('$name', ({ verdict }) => {
    expect(allowingLabels([verdict], ['herald::allow-failures'])).toEqual([]);
    expect(overrideGates([verdict], [{ label: 'herald::allow-failures', setBy: null }])).toEqual([verdict]);
  });
});
