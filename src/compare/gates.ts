import { approvalGates } from './gates/approvals.ts';
import { coverageGates } from './gates/coverage.ts';
import { findingsGates } from './gates/findings.ts';
import { measureGates } from './gates/measures.ts';
import { runGates } from './gates/run.ts';
import { testGates } from './gates/tests.ts';

/** Every gate, in the order of the docs. Help, messages and docs/reference/gates.md come from it. */
export const gates = [
  ...testGates,
  ...coverageGates,
  ...findingsGates,
  ...measureGates,
  ...runGates,
  ...approvalGates,
] as const;

export type GateName = (typeof gates)[number]['name'];
