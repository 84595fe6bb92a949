import type { RawFinding } from '../../collect/findings.ts';

/** A quality finding that says nothing yet: formats spread it and give what their report has. */
export const blankFinding: RawFinding = {
  category: 'quality',
  tool: '',
  rule: '',
  ruleUrl: null,
  severity: 'unknown',
  message: '',
  description: '',
  path: null,
  line: null,
  endLine: null,
  column: null,
  identifiers: [],
  fix: null,
  suppressed: false,
};
