/**
 * Writes large JSON reports, shaped like those of real tools: 100,000 findings or tests unless another count is asked
 * for.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

async function write(path, parts) {
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  for (const part of parts) if (!stream.write(part)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

const severities = ['critical', 'high', 'medium', 'low', 'info'];
const ofSeverities = (words, n) => words[n % words.length];
const path = (n) => `src/area${n % 40}/module${n % 2_000}.ts`;
const line = (n) => (n % 400) + 1;
const hash = (n) => (n * 2_654_435_761 + 12_345).toString(16).padStart(40, 'a5f3c1');
const message = (n) =>
  `The value of variable${n % 500} is read before anything is written to it; give it a value first`;
const text =
  'A longer explanation of the rule: what goes wrong, who can make use of it and how one avoids it. ';

/** A document with one list: what comes before it, its entries, what comes behind it. */
const list = (before, entry, after) =>
  function* generate(count) {
    yield before;
    for (let n = 0; n < count; n += 1) yield `${n === 0 ? '' : ','}\n${JSON.stringify(entry(n))}`;
    yield `\n${after(count)}`;
  };

/** The same with entries of several findings or tests. */
const grouped = (size, before, entry, after) =>
  function* generate(count) {
    yield before;
    for (let first = 0; first < count; first += size) {
      const numbers = Array.from({ length: Math.min(size, count - first) }, (_, index) => first + index);
      yield `${first === 0 ? '' : ','}\n${JSON.stringify(entry(numbers, first / size))}`;
    }
    yield `\n${after(count)}`;
  };

const sarifResult = (n) => ({
  ruleId: `rule-${n % 300}`,
  ruleIndex: n % 300,
  level: ofSeverities(['error', 'warning', 'note'], n),
  message: { text: message(n) },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: path(n), uriBaseId: '%SRCROOT%' },
        region: { startLine: line(n), startColumn: 5, endLine: line(n), endColumn: 30 },
      },
    },
  ],
  partialFingerprints: { primaryLocationLineHash: `${hash(n)}:1` },
});
const sarifRules = Array.from({ length: 300 }, (_, n) => ({
  id: `rule-${n}`,
  shortDescription: { text: message(n) },
  fullDescription: { text: text.repeat(3) },
  helpUri: `https://example.com/rules/${n}`,
  properties: { tags: ['security'], 'security-severity': '7.5' },
}));

const scan = (type) =>
  `"scan":{"analyzer":{"id":"a","name":"Analyser","version":"1"},"scanner":{"id":"s","name":"Scanner","version":"1"},"type":"${type}","start_time":"2026-01-01T00:00:00","end_time":"2026-01-01T00:01:00","status":"success"}`;
const secure = (type, location) =>
  list(
    `{"version":"15.2.1",${scan(type)},"vulnerabilities":[`,
    (n) => ({
      id: hash(n),
      name: `Weakness ${n % 300}`,
      description: `${message(n)}. ${text}`,
      severity: ofSeverities(['Critical', 'High', 'Medium', 'Low', 'Info'], n),
      solution: 'Upgrade to the newest version.',
      identifiers: [
        { type: 'cwe', name: `CWE-${n % 900}`, value: `${n % 900}`, url: `https://cwe.mitre.org/${n % 900}` },
      ],
      location: location(n),
    }),
    () => ']}',
  );

const dependency = (n) => ({ package: { name: `package-${n % 3_000}` }, version: `1.${n % 40}.${n % 7}` });

const jestTest = (n) => ({
  ancestorTitles: ['shop', `module ${n % 2_000}`],
  fullName: `shop module ${n % 2_000} adds ${n}`,
  status: n % 500 === 0 ? 'failed' : 'passed',
  title: `adds ${n}`,
  duration: n % 90,
  failureMessages: n % 500 === 0 ? [`Error: expected ${n}\n    at ${path(n)}:${line(n)}:5`] : [],
  location: { line: line(n), column: 3 },
});
const mochaTest = (n) => ({
  title: `adds ${n}`,
  fullTitle: `shop module adds ${n}`,
  file: `/app/${path(n)}`,
  duration: n % 90,
  currentRetry: 0,
  speed: 'fast',
  err: {},
});

/** Format → the pieces of a document with so many findings or tests. */
const generators = {
  sarif: list(
    `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"tool":{"driver":{"name":"Analyser","rules":${JSON.stringify(sarifRules)}}},"results":[`,
    sarifResult,
    () => ']}]}',
  ),
  'sarif-rules-last': list(
    '{"runs":[{"results":[',
    sarifResult,
    () =>
      `],"tool":{"driver":{"name":"Analyser","rules":${JSON.stringify(sarifRules)}}}}],"version":"2.1.0"}`,
  ),
  'gitlab-code-quality': list(
    '[',
    (n) => ({
      type: 'issue',
      check_name: `rule-${n % 300}`,
      description: message(n),
      categories: ['Bug Risk'],
      fingerprint: hash(n),
      severity: ofSeverities(['blocker', 'critical', 'major', 'minor', 'info'], n),
      location: { path: path(n), lines: { begin: line(n), end: line(n) } },
    }),
    () => ']',
  ),
  'gitlab-sast': secure('sast', (n) => ({ file: path(n), start_line: line(n), end_line: line(n) })),
  'gitlab-secrets': secure('secret_detection', (n) => ({
    file: path(n),
    start_line: line(n),
    commit: { sha: hash(n) },
  })),
  'gitlab-dependencies': secure('dependency_scanning', (n) => ({
    file: 'package-lock.json',
    dependency: dependency(n),
  })),
  'gitlab-containers': secure('container_scanning', (n) => ({
    image: 'registry.example.com/shop:1',
    operating_system: 'alpine 3.20',
    dependency: dependency(n),
  })),
  eslint: grouped(
    25,
    '[',
    (numbers, file) => ({
      filePath: `/app/${path(file)}`,
      messages: numbers.map((n) => ({
        ruleId: `rule-${n % 300}`,
        severity: (n % 2) + 1,
        message: message(n),
        line: line(n),
        column: 5,
        nodeType: 'Identifier',
        messageId: 'unexpected',
        endLine: line(n),
        endColumn: 20,
      })),
      suppressedMessages: [],
      errorCount: 12,
      fatalErrorCount: 0,
      warningCount: 13,
      source: 'const value = 1;\n'.repeat(400),
      usedDeprecatedRules: [],
    }),
    () => ']',
  ),
  semgrep: list(
    '{"version":"1.90.0","results":[',
    (n) => ({
      check_id: `javascript.lang.security.rule-${n % 300}`,
      path: path(n),
      start: { line: line(n), col: 5, offset: n },
      end: { line: line(n), col: 30, offset: n + 25 },
      extra: {
        message: message(n),
        metadata: {
          category: 'security',
          cwe: [`CWE-${n % 900}: Something that is done badly`],
          owasp: ['A01:2021 - Broken Access Control'],
          references: ['https://owasp.org/Top10', 'https://cheatsheetseries.owasp.org'],
          source: `https://semgrep.dev/r/rule-${n % 300}`,
          confidence: 'HIGH',
          impact: 'MEDIUM',
        },
        severity: ofSeverities(['ERROR', 'WARNING', 'INFO'], n),
        fingerprint: hash(n),
        lines: '    const value = request.query.value;',
        is_ignored: false,
        validation_state: 'NO_VALIDATOR',
        engine_kind: 'OSS',
      },
    }),
    () => '],"errors":[],"paths":{"scanned":[]}}',
  ),
  trivy: list(
    '{"SchemaVersion":2,"ArtifactName":"shop:1","ArtifactType":"container_image","Results":[{"Target":"shop:1 (alpine 3.20)","Class":"os-pkgs","Type":"alpine","Vulnerabilities":[',
    (n) => ({
      VulnerabilityID: `CVE-2026-${n}`,
      PkgID: `package-${n % 3_000}@1.0`,
      PkgName: `package-${n % 3_000}`,
      InstalledVersion: '1.0',
      FixedVersion: '1.1',
      Status: 'fixed',
      Layer: { Digest: `sha256:${hash(n)}` },
      SeveritySource: 'nvd',
      PrimaryURL: `https://avd.aquasec.com/nvd/cve-2026-${n}`,
      Title: message(n),
      Description: text.repeat(3),
      Severity: ofSeverities(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'], n),
      CweIDs: [`CWE-${n % 900}`],
      References: Array.from({ length: 4 }, (_, index) => `https://example.com/${n}/${index}`),
    }),
    () => ']}]}',
  ),
  bandit: list(
    '{"errors":[],"generated_at":"2026-01-01T00:00:00Z","metrics":{"_totals":{}},"results":[',
    (n) => ({
      code: '1 import os\n2 os.system(value)\n3 \n',
      col_offset: 0,
      end_col_offset: 20,
      filename: path(n),
      issue_confidence: 'HIGH',
      issue_cwe: { id: n % 900, link: `https://cwe.mitre.org/${n % 900}` },
      issue_severity: ofSeverities(['HIGH', 'MEDIUM', 'LOW'], n),
      issue_text: message(n),
      line_number: line(n),
      line_range: [line(n)],
      more_info: 'https://bandit.readthedocs.io/',
      test_id: `B${100 + (n % 600)}`,
      test_name: 'some_test',
    }),
    () => ']}',
  ),
  'golangci-lint': list(
    '{"Issues":[',
    (n) => ({
      FromLinter: `linter${n % 30}`,
      Text: message(n),
      Severity: 'warning',
      SourceLines: ['\tvalue := compute()'],
      Replacement: null,
      Pos: { Filename: path(n), Offset: n, Line: line(n), Column: 2 },
      ExpectNoLint: false,
      ExpectedNoLintLinter: '',
    }),
    () => '],"Report":{"Linters":[{"Name":"linter1","Enabled":true}]}}',
  ),
  ruff: list(
    '[',
    (n) => ({
      cell: null,
      code: `E${n % 900}`,
      end_location: { column: 20, row: line(n) },
      filename: `/app/${path(n)}`,
      fix: null,
      location: { column: 5, row: line(n) },
      message: message(n),
      noqa_row: line(n),
      url: `https://docs.astral.sh/ruff/rules/e${n % 900}`,
    }),
    () => ']',
  ),
  pylint: list(
    '[',
    (n) => ({
      type: ofSeverities(['error', 'warning', 'convention'], n),
      module: `shop.module${n % 2_000}`,
      obj: 'compute',
      line: line(n),
      column: 4,
      endLine: line(n),
      endColumn: 20,
      path: path(n),
      symbol: `rule-${n % 300}`,
      message: message(n),
      'message-id': `W${n % 9_000}`,
    }),
    () => ']',
  ),
  checkov: list(
    '{"check_type":"terraform","results":{"passed_checks":[],"failed_checks":[',
    (n) => ({
      check_id: `CKV_AWS_${n % 400}`,
      bc_check_id: `BC_AWS_${n % 400}`,
      check_name: message(n),
      check_result: { result: 'FAILED', evaluated_keys: ['acl'] },
      code_block: [
        [1, 'resource "bucket" "b" {\n'],
        [2, '}\n'],
      ],
      file_path: `/${path(n)}`,
      file_line_range: [line(n), line(n) + 2],
      resource: `aws_s3_bucket.b${n}`,
      guideline: 'https://docs.example.com/guideline',
    }),
    (count) =>
      `],"skipped_checks":[],"parsing_errors":[]},"summary":{"passed":0,"failed":${count},"skipped":0}}`,
  ),
  rubocop: grouped(
    25,
    '{"metadata":{"rubocop_version":"1.60.0"},"files":[',
    (numbers, file) => ({
      path: path(file),
      offenses: numbers.map((n) => ({
        severity: ofSeverities(['convention', 'warning', 'error'], n),
        message: message(n),
        cop_name: `Style/Rule${n % 300}`,
        corrected: false,
        correctable: true,
        location: { start_line: line(n), start_column: 1, last_line: line(n), last_column: 9, length: 9 },
      })),
    }),
    (count) => `],"summary":{"offense_count":${count},"target_file_count":1,"inspected_file_count":1}}`,
  ),
  stylelint: grouped(
    25,
    '[',
    (numbers, file) => ({
      source: `/app/${path(file)}`,
      deprecations: [],
      invalidOptionWarnings: [],
      parseErrors: [],
      errored: true,
      warnings: numbers.map((n) => ({
        line: line(n),
        column: 2,
        rule: `rule-${n % 300}`,
        severity: 'error',
        text: message(n),
      })),
    }),
    () => ']',
  ),
  snyk: list(
    '{"ok":false,"packageManager":"npm","displayTargetFile":"package-lock.json","vulnerabilities":[',
    (n) => ({
      id: `SNYK-JS-PACKAGE-${n}`,
      title: message(n),
      CVSSv3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
      cvssScore: 7.5,
      description: text.repeat(4),
      severity: ofSeverities(severities, n),
      identifiers: { CVE: [`CVE-2026-${n}`], CWE: [`CWE-${n % 900}`] },
      packageName: `package-${n % 3_000}`,
      version: '1.0.0',
      from: ['shop@1.0.0', `package-${n % 3_000}@1.0.0`],
      fixedIn: ['1.0.1'],
    }),
    (count) => `],"uniqueCount":${count}}`,
  ),
  'osv-scanner': list(
    '{"results":[{"source":{"path":"/app/package-lock.json","type":"lockfile"},"packages":[',
    (n) => ({
      package: { name: `package-${n}`, version: '1.0.0', ecosystem: 'npm' },
      vulnerabilities: [
        {
          id: `GHSA-${n}`,
          summary: message(n),
          details: text.repeat(3),
          aliases: [`CVE-2026-${n}`],
          severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
        },
      ],
      groups: [{ ids: [`GHSA-${n}`], aliases: [`GHSA-${n}`], max_severity: '7.5' }],
    }),
    () => ']}]}',
  ),
  cyclonedx: list(
    '{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","bom-ref":"p","name":"package","version":"1"}],"vulnerabilities":[',
    (n) => ({
      id: `CVE-2026-${n}`,
      source: { name: 'NVD', url: `https://nvd.nist.gov/${n}` },
      ratings: [{ severity: ofSeverities(severities, n), score: 7.5, method: 'CVSSv31' }],
      cwes: [n % 900],
      description: text.repeat(2),
      affects: [{ ref: 'p' }],
    }),
    () => ']}',
  ),
  jest: grouped(
    50,
    '{"numTotalTests":100000,"numFailedTests":200,"success":false,"testResults":[',
    (numbers, file) => ({
      name: `/app/${path(file)}`,
      status: numbers.some((n) => n % 500 === 0) ? 'failed' : 'passed',
      message: '',
      startTime: 1,
      endTime: 2,
      assertionResults: numbers.map(jestTest),
    }),
    () => ']}',
  ),
  playwright: grouped(
    50,
    '{"config":{"version":"1.50"},"suites":[',
    (numbers, file) => ({
      title: path(file),
      file: path(file),
      line: 0,
      column: 0,
      specs: numbers.map((n) => ({
        title: `adds ${n}`,
        ok: true,
        tags: [],
        id: hash(n),
        file: path(file),
        line: line(n),
        column: 1,
        tests: [
          {
            timeout: 30_000,
            annotations: [],
            expectedStatus: 'passed',
            projectId: 'chromium',
            projectName: 'chromium',
            status: 'expected',
            results: [
              {
                workerIndex: 0,
                status: 'passed',
                duration: n % 90,
                errors: [],
                stdout: [],
                stderr: [],
                retry: 0,
                startTime: '2026-01-01T00:00:00.000Z',
                attachments: [],
              },
            ],
          },
        ],
      })),
    }),
    (count) => `],"errors":[],"stats":{"expected":${count},"unexpected":0,"flaky":0,"skipped":0}}`,
  ),
  mocha: function* generate(count) {
    yield `{"stats":{"suites":1,"tests":${count},"passes":${count},"pending":0,"failures":0}`;
    for (const name of ['tests', 'passes']) yield* list(`,"${name}":[`, mochaTest, () => ']')(count);
    yield ',"pending":[],"failures":[]}';
  },
  mochawesome: grouped(
    50,
    '{"stats":{"tests":100000,"failures":0},"results":[',
    (numbers, file) => ({
      uuid: hash(file),
      title: '',
      fullFile: `/app/${path(file)}`,
      file: path(file),
      beforeHooks: [],
      afterHooks: [],
      tests: [],
      suites: [
        {
          uuid: hash(file + 1),
          title: `module ${file}`,
          file: path(file),
          beforeHooks: [],
          afterHooks: [],
          suites: [],
          tests: numbers.map((n) => ({
            title: `adds ${n}`,
            fullTitle: `module adds ${n}`,
            timedOut: false,
            duration: n % 90,
            state: 'passed',
            speed: 'fast',
            pass: true,
            fail: false,
            pending: false,
            code: 'expect(add(1, 2)).toBe(3);',
            err: {},
            uuid: hash(n),
            isHook: false,
            skipped: false,
          })),
        },
      ],
    }),
    () => '],"meta":{}}',
  ),
  ctrf: list(
    '{"reportFormat":"CTRF","specVersion":"0.0.0","results":{"tool":{"name":"jest"},"summary":{"tests":100000,"passed":100000,"failed":0,"pending":0,"skipped":0,"other":0},"tests":[',
    (n) => ({
      name: `adds ${n}`,
      status: 'passed',
      duration: n % 90,
      suite: ['shop', `module ${n % 2_000}`],
      filePath: path(n),
      retries: 0,
      flaky: false,
      browser: 'chrome',
    }),
    () => ']}}',
  ),
  cypress: grouped(
    50,
    '{"totalTests":100000,"totalFailed":0,"totalPassed":100000,"status":"finished","runs":[',
    (numbers, file) => ({
      error: null,
      spec: { relative: path(file), name: path(file), absolute: `/app/${path(file)}` },
      stats: { tests: numbers.length, passes: numbers.length, failures: 0 },
      tests: numbers.map((n) => ({
        title: ['shop', `adds ${n}`],
        state: 'passed',
        displayError: null,
        duration: n % 90,
        attempts: [{ state: 'passed' }],
      })),
    }),
    () => ']}',
  ),
  cucumber: grouped(
    20,
    '[',
    (numbers, feature) => ({
      keyword: 'Feature',
      name: `feature ${feature}`,
      uri: `features/f${feature}.feature`,
      line: 1,
      elements: numbers.map((n) => ({
        keyword: 'Scenario',
        type: 'scenario',
        name: `adds ${n}`,
        line: line(n),
        steps: ['Given a till', 'When it adds', 'Then it is right'].map((name, step) => ({
          keyword: `${name.split(' ')[0]} `,
          name,
          line: line(n) + step,
          match: { location: 'steps.rb:1' },
          result: { status: 'passed', duration: 1_000_000 },
        })),
      })),
    }),
    () => ']',
  ),
  'pytest-json-report': list(
    '{"created":1,"duration":1,"exitcode":0,"root":"/app","summary":{"passed":100000,"total":100000},"collectors":[],"tests":[',
    (n) => ({
      nodeid: `tests/test_m${n % 2_000}.py::test_adds_${n}`,
      lineno: line(n),
      outcome: 'passed',
      keywords: [`test_adds_${n}`, 'tests'],
      setup: { duration: 0.001, outcome: 'passed' },
      call: { duration: 0.001, outcome: 'passed' },
      teardown: { duration: 0.001, outcome: 'passed' },
    }),
    () => ']}',
  ),
  rspec: list(
    '{"version":"3.13.0","examples":[',
    (n) => ({
      id: `./spec/m${n % 2_000}_spec.rb[1:${n}]`,
      description: `adds ${n}`,
      full_description: `shop adds ${n}`,
      status: 'passed',
      file_path: `./spec/m${n % 2_000}_spec.rb`,
      line_number: line(n),
      run_time: 0.001,
      pending_message: null,
    }),
    (count) =>
      `],"summary":{"duration":1,"example_count":${count},"failure_count":0,"pending_count":0,"errors_outside_of_examples_count":0},"summary_line":"${count} examples"}`,
  ),
  newman: list(
    '{"collection":{"info":{"name":"shop"}},"run":{"stats":{"assertions":{"total":100000,"failed":0}},"failures":[],"executions":[',
    (n) => ({
      cursor: { iteration: 0, position: n },
      item: { id: hash(n), name: `request ${n}` },
      request: { method: 'GET', url: { path: ['api', `${n}`] } },
      response: { code: 200, status: 'OK', responseTime: 12, responseSize: 200 },
      assertions: [{ assertion: 'status is 200', skipped: false }],
    }),
    () => ']}}',
  ),
};

/** Documents that are objects with a member for each package or file. */
const members = (before, member, after) =>
  function* generate(count) {
    yield before;
    for (let n = 0; n < count; n += 1) {
      const [key, value] = member(n);
      yield `${n === 0 ? '' : ','}\n${JSON.stringify(key)}:${JSON.stringify(value)}`;
    }
    yield `\n${after(count)}`;
  };
generators['npm-audit'] = members(
  '{"auditReportVersion":2,"vulnerabilities":{',
  (n) => [
    `package-${n}`,
    {
      name: `package-${n}`,
      severity: ofSeverities(['critical', 'high', 'moderate', 'low'], n),
      isDirect: true,
      via: [
        {
          source: n,
          name: `package-${n}`,
          dependency: `package-${n}`,
          title: message(n),
          url: `https://github.com/advisories/GHSA-${n}`,
          severity: 'high',
          cwe: [`CWE-${n % 900}`],
          cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
          range: '<1.0.0',
        },
      ],
      effects: [],
      range: '<1.0.0',
      nodes: [`node_modules/package-${n}`],
      fixAvailable: true,
    },
  ],
  (count) => `},"metadata":{"vulnerabilities":{"total":${count}}}}`,
);
generators.phpstan = members(
  '{"totals":{"errors":0,"file_errors":100000},"files":{',
  (n) => [
    `/app/src/Module${n}.php`,
    {
      errors: 1,
      messages: [{ message: message(n), line: line(n), ignorable: true, identifier: 'variable.undefined' }],
    },
  ],
  () => '},"errors":[]}',
);

/** The names of the documents that `writeLargeJson` knows. */
export const largeJsonNames = Object.keys(generators);

/** Writes one of them. */
export async function writeLargeJson(name, file, count = 100_000) {
  await write(file, generators[name](count));
}
