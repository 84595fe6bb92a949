import { family } from '../pattern.ts';

/** Terraform and OpenTofu: errors are in a box. */
export const terraform = family('terraform', 'change', [
  {
    id: 'error',
    weight: 82,
    context: [0, 7],
    hint: 'error: ',
    line: /^(?:[\d:.]{8,16} STD(?:ERR|OUT) \S{1,80}: )?[│|] {0,3}Error: /,
  },
  {
    id: 'error-plain',
    weight: 63,
    context: [0, 5],
    hint: 'error: ',
    line: /^Error: .{0,300}\b(?:terraform|tofu|provider|module|resource|backend|state|lock file|Unsupported argument|Unsupported block type|undeclared|Invalid (?:reference|block|expression|function|value for)|Missing required argument|Inconsistent dependency)\b/,
  },
  {
    id: 'lock',
    weight: 84,
    origin: 'unknown',
    context: [0, 5],
    hint: 'acquiring the state lock',
    line: /Error acquiring the state lock/,
  },
  { id: 'fmt', kind: 'lint', weight: 40, hint: '.tf', line: /^[\w./-]{1,200}\.tf(?:vars)?$/ },
]);

export const kubernetes = family('script', 'unknown', [
  {
    id: 'helm-timeout',
    kind: 'timeout',
    weight: 85,
    context: [0, 2],
    hint: 'error: ',
    line: /^Error: (?:UPGRADE|INSTALLATION|ROLLBACK) FAILED: .{0,600}(?:context deadline exceeded|timed out waiting)/,
  },
  {
    id: 'helm',
    weight: 84,
    context: [0, 2],
    hint: 'error: ',
    line: /^Error: (?:UPGRADE|INSTALLATION|ROLLBACK) FAILED: /,
  },
  {
    id: 'helm-template',
    weight: 78,
    hint: 'error: ',
    line: /^Error: (?:template: |execution error at |YAML parse error|parse error at |values don't meet|chart requires|failed to (?:download|fetch|parse))/,
  },
  {
    id: 'helm-lint-error',
    kind: 'lint',
    origin: 'change',
    weight: 74,
    hint: '[error] ',
    line: /^\[ERROR\] (?:templates\/|Chart\.yaml|values\.yaml|chart )/,
  },
  {
    id: 'helm-lint',
    weight: 70,
    kind: 'lint',
    hint: 'chart(s) failed',
    context: [3, 0],
    line: /\d{1,6} chart\(s\) linted, [1-9]\d* chart\(s\) failed/,
  },
  {
    id: 'kubectl-server',
    weight: 76,
    context: [0, 1],
    hint: 'error from server',
    line: /^Error from server(?: \(\w{3,40}\))?: /,
  },
  {
    id: 'kubectl-rollout',
    weight: 78,
    kind: 'timeout',
    context: [2, 0],
    hint: 'timed out waiting',
    line: /^error: (?:timed out waiting for|deployment ".{1,200}" exceeded)/,
  },
  {
    id: 'kubectl',
    weight: 62,
    hint: 'error: ',
    line: /^error: (?:unable to (?:recognize|decode|read|load)|error (?:validating|parsing)|You must be logged in|resource mapping not found|no context exists)/,
  },
  {
    id: 'ansible',
    weight: 78,
    context: [1, 2],
    takenBackBy: /^\.\.\.ignoring/,
    hint: 'fatal: [',
    line: /^fatal: \[.{1,200}\]: (?:FAILED|UNREACHABLE)! => /,
  },
]);
