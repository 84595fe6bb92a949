import { family } from '../pattern.ts';

/** Package managers of the image's system. */
export const systemPackages = family('dependency', 'change', [
  {
    id: 'apt-signature',
    weight: 76,
    origin: 'unknown',
    context: [0, 1],
    hint: ['gpg error', 'is not signed'],
    line: /^(?:[WE]: GPG error: |E: The repository '.{1,300}' is not signed)/,
  },
  {
    id: 'apt-missing',
    weight: 76,
    context: [0, 1],
    hint: 'e: ',
    line: /^E: (?:Unable to locate package|Package '.{1,100}' has no installation candidate|Version '.{1,100}' for '.{1,100}' was not found|Unable to correct problems)/,
  },
  {
    id: 'apk-missing',
    weight: 76,
    context: [0, 3],
    hint: 'unable to select packages',
    headlineBelow: 1,
    line: /^ERROR: unable to select packages/,
  },
  {
    id: 'dnf-missing',
    weight: 76,
    hint: ['match', 'no package'],
    line: /^(?:Error: Unable to find a match|No match for argument|No package .{1,100} available)/,
  },
]);

/** Security audits of dependencies that end a job. */
export const audits = family('dependency', 'unknown', [
  {
    id: 'npm-audit',
    weight: 64,
    context: [2, 2],
    hint: 'vulnerabilit',
    line: /^[1-9]\d* (?:\w{1,10} severity )?vulnerabilit(?:y|ies)\b/,
  },
  {
    id: 'pip-audit',
    weight: 64,
    context: [0, 4],
    hint: 'known vulnerabilit',
    line: /^Found [1-9]\d* known vulnerabilit/,
  },
  { id: 'trivy', weight: 64, context: [2, 4], hint: 'total: ', line: /^Total: [1-9]\d* \(/ },
  {
    id: 'cargo-audit',
    weight: 64,
    context: [6, 0],
    hint: 'vulnerabilit',
    line: /^error: [1-9]\d* vulnerabilit/,
  },
]);
