import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/model/findings.ts';
import { readBytes } from '../coverage-summary.ts';
import { findingsOf } from '../findings-summary.ts';

async function read(value: unknown): Promise<Finding> {
  const [finding] = findingsOf(await readBytes('report.json', Buffer.from(JSON.stringify(value)))).findings;
  if (finding === undefined) throw new Error('no finding');
  return finding;
}

interface Change {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

const sarif = (line: number, prints: object, uri = 'src/a.c'): unknown => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'S' } },
      results: [
        {
          ruleId: 'R',
          message: { text: `Problem in line ${line}` },
          locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }],
          ...prints,
        },
      ],
    },
  ],
});
const secure = (values: object): unknown => ({
  version: '15.0.6',
  vulnerabilities: [
    {
      id: '1',
      name: 'n',
      identifiers: [{ type: 't', name: 'T', value: 'T' }],
      location: {},
      severity: 'Low',
      ...values,
    },
  ],
});
const codeQuality = (values: object): unknown => [
  {
    description: 'd',
    check_name: 'c',
    fingerprint: 'f',
    location: { path: 'a.js', lines: { begin: 1 } },
    ...values,
  },
];
const bom = (version: string): unknown => ({
  bomFormat: 'CycloneDX',
  components: [{ 'bom-ref': 'a', name: 'cart', version }],
  vulnerabilities: [{ id: 'CVE-2030-1', affects: [{ ref: 'a' }] }],
});
const prints = (line: string, column: string): object => ({
  partialFingerprints: { primaryLocationLineHash: line, primaryLocationStartColumnFingerprint: column },
});
const page = (host: string): unknown => ({
  pageUrl: `${host}/cart`,
  issues: [{ code: 'H37', type: 'error', message: 'm', selector: '#a' }],
});

const same: readonly Change[] = [
  { name: 'a SARIF result that moved', before: sarif(3, {}), after: sarif(90, {}) },
  {
    name: 'a SARIF result with fingerprints that moved',
    before: sarif(3, prints('a:1', '2')),
    after: sarif(9, prints('a:1', '7')),
  },
  {
    name: 'a SARIF result of another checkout',
    before: sarif(3, prints('a:1', '2')),
    after: sarif(3, prints('a:1', '2'), 'file:///builds/shop/api/src/a.c'),
  },
  {
    name: 'a Code Quality issue whose words changed',
    before: codeQuality({}),
    after: codeQuality({ description: 'e', location: { path: 'a.js', lines: { begin: 5 } } }),
  },
  {
    name: 'a vulnerability with another id and line',
    before: secure({ location: { file: 'a.rb', start_line: 1 } }),
    after: secure({ id: '2', location: { file: 'a.rb', start_line: 9 } }),
  },
  {
    name: 'a vulnerability of the next image',
    before: secure({
      location: { image: 'shop/api:1', dependency: { package: { name: 'zlib' }, version: '1' } },
    }),
    after: secure({
      location: { image: 'shop/api:2', dependency: { package: { name: 'zlib' }, version: '2' } },
    }),
  },
  {
    name: 'a vulnerability on the page of another review app',
    before: secure({ location: { hostname: 'https://a.example', path: '/x', method: 'GET' } }),
    after: secure({ location: { hostname: 'https://b.example', path: '/x', method: 'GET' } }),
  },
  { name: 'a vulnerable component that was updated in vain', before: bom('1'), after: bom('2') },
  {
    name: 'an accessibility issue of another review app',
    before: page('https://a.example'),
    after: page('https://b.example'),
  },
];

const different: readonly Change[] = [
  {
    name: 'SARIF results with different fingerprints',
    before: sarif(3, prints('a:1', '2')),
    after: sarif(3, prints('b:1', '2')),
  },
  {
    name: 'SARIF results in different files',
    before: sarif(3, prints('a:1', '2')),
    after: sarif(3, prints('a:1', '2'), 'src/b.c'),
  },
  {
    name: 'Code Quality issues with different fingerprints',
    before: codeQuality({}),
    after: codeQuality({ fingerprint: 'g' }),
  },
  {
    name: 'vulnerabilities of different packages',
    before: secure({ location: { dependency: { package: { name: 'a' } } } }),
    after: secure({ location: { dependency: { package: { name: 'b' } } } }),
  },
  {
    name: 'vulnerabilities with different parameters',
    before: secure({ location: { path: '/x', param: 'a' } }),
    after: secure({ location: { path: '/x', param: 'b' } }),
  },
];

describe('identities of findings', () => {
  test.each(same)('$name is the same finding', async ({ before, after }) => {
    expect((await read(after)).id).toBe((await read(before)).id);
  });

  test.each(different)('$name are two findings', async ({ before, after }) => {
    expect((await read(after)).id).not.toBe((await read(before)).id);
  });
});
