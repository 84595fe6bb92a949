/** Writes large JSON files of findings, shaped like those of real tools. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const text = (n) =>
  `Variable "total${n % 911}" is assigned a value in the checkout that nothing reads afterwards; remove it, or use it.`;
const path = (n) => `src/checkout/module-${n % 2_003}.ts`;
const rule = (n) => `rules/unused-${n % 97}`;
const line = (n) => (n % 400) + 1;
const hash = (n) => n.toString(16).padStart(40, '0');

const sarif = (n) => ({
  ruleId: rule(n),
  level: n % 3 === 0 ? 'error' : 'warning',
  message: { text: text(n) },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: path(n) },
        region: { startLine: line(n), startColumn: 5, endLine: line(n), endColumn: 17 },
      },
    },
  ],
  partialFingerprints: { primaryLocationLineHash: hash(n) },
});

const codeQuality = (n) => ({
  description: text(n),
  check_name: rule(n),
  fingerprint: hash(n),
  severity: n % 3 === 0 ? 'major' : 'minor',
  location: { path: path(n), lines: { begin: line(n) } },
});

const semgrep = (n) => ({
  check_id: rule(n),
  path: path(n),
  start: { line: line(n), col: 5, offset: n },
  end: { line: line(n), col: 17, offset: n + 12 },
  extra: {
    message: text(n),
    severity: n % 3 === 0 ? 'ERROR' : 'WARNING',
    metadata: { category: 'correctness', confidence: 'HIGH' },
    lines: `  const total${n} = sum(items);`,
    fingerprint: hash(n),
  },
});

const gitlabSast = (n) => ({
  id: hash(n),
  category: 'sast',
  name: text(n).slice(0, 60),
  description: text(n),
  severity: n % 3 === 0 ? 'High' : 'Medium',
  scanner: { id: 'shop', name: 'Shop' },
  location: { file: path(n), start_line: line(n), end_line: line(n) },
  identifiers: [{ type: 'shop_rule', name: rule(n), value: rule(n) }],
});

const scan = {
  analyzer: { id: 'shop', name: 'Shop', version: '1', vendor: { name: 'Shop' } },
  scanner: { id: 'shop', name: 'Shop', version: '1', vendor: { name: 'Shop' } },
  type: 'sast',
  start_time: '2026-01-01T00:00:00',
  end_time: '2026-01-01T00:01:00',
  status: 'success',
};

const eslint = (n) => ({
  filePath: `/builds/shop/web/${path(n)}`,
  messages: [
    {
      ruleId: rule(n),
      severity: n % 3 === 0 ? 2 : 1,
      message: text(n),
      line: line(n),
      column: 5,
      endLine: line(n),
      endColumn: 17,
    },
  ],
  errorCount: n % 3 === 0 ? 1 : 0,
  warningCount: n % 3 === 0 ? 0 : 1,
  fatalErrorCount: 0,
  fixableErrorCount: 0,
  fixableWarningCount: 0,
});

/** Format → what is before its findings, one of them, what is after them. */
const documents = {
  sarif: [
    '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"Shop","rules":[]}},"results":[',
    sarif,
    ']}]}',
  ],
  'code quality': ['[', codeQuality, ']'],
  semgrep: ['{"version":"1.100.0","errors":[],"paths":{"scanned":[]},"results":[', semgrep, ']}'],
  'GitLab SAST': [`{"version":"15.2.1","scan":${JSON.stringify(scan)},"vulnerabilities":[`, gitlabSast, ']}'],
  ESLint: ['[', eslint, ']'],
};

export const findingFormats = Object.keys(documents);

/** @param {string} file @param {string} format one of `findingFormats` @param {number} count */
export async function generateFindings(file, format, count) {
  const [before, findingOf, after] = documents[format];
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  stream.write(before);
  let batch = '';
  for (let n = 0; n < count; n += 1) {
    batch += `${n === 0 ? '' : ','}\n${JSON.stringify(findingOf(n))}`;
    if (batch.length > 1 << 20) {
      if (!stream.write(batch)) await once(stream, 'drain');
      batch = '';
    }
  }
  stream.end(`${batch}\n${after}\n`);
  await once(stream, 'finish');
}
