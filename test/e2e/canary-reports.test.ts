import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoSources } from '../../src/demo/samples/patch.ts';
import { aProject, type Project } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

/** What a run's environment holds, with signs that every encoding spells in its own way. */
const secret = 'canary+s3cret/va"l=ue&0123';
/** What no environment holds, and what looks like a token. */
const token = ['glpat', 'CanaryOfTheReports99'].join('-');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const middle = (text: string): string => text.replace(/=+$/, '').slice(2, -2);

/** As tests print it, by the name of the encoding; the second is what must be in no output. */
const spellings: Readonly<Record<string, readonly [written: string, sought: string]>> = {
  raw: [secret, secret],
  token: [token, token],
  address: [`?q=${encodeURIComponent(secret)}`, encodeURIComponent(secret)],
  'base64, alone': [base64(secret), middle(base64(secret))],
  'base64, second place': [base64(`a${secret}`), middle(base64(`a${secret}`)).slice(2)],
  'base64, third place': [base64(`ab${secret}`), middle(base64(`ab${secret}`)).slice(2)],
  json: [JSON.stringify(secret), JSON.stringify(secret).slice(1, -1)],
  colours: [`${secret.slice(0, 9)}\u001b[31m${secret.slice(9)}`, secret],
};

const xml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    // No control character can stand in XML; this is how runners write ESC.
    .replaceAll('\u001b', '\u241b');

const place = 'web/src/basket/format-price.ts';

/** One report of each kind that has the text in each of its fields. */
function reportsWith(text: string): Readonly<Record<string, string>> {
  const t = xml(text);
  const ctrfTest = (n: number, status: string): object => ({
    name: `case ${n} ${text}`,
    status,
    duration: 3,
    suite: `suite ${text}`,
    message: `message ${text}`,
    trace: `trace ${text}\n  at ${text}`,
    filePath: `ctrf/${text}.ts`,
  });
  return {
    'junit.xml': `<testsuites><testsuite name="suite ${t}"><testcase classname="class ${t}" name="fails ${t}" file="src/${t}.ts">
      <failure type="type ${t}" message="message ${t}">details ${t}</failure><system-out>out ${t}</system-out><system-err>err ${t}</system-err>
      </testcase><testcase classname="class ${t}" name="passes ${t}"/><testcase classname="class" name="skips ${t}"><skipped message="reason ${t}"/></testcase></testsuite></testsuites>`,
    'ctrf-report.json': JSON.stringify({
      results: {
        tool: { name: `tool ${text}` },
        summary: { tests: 2, passed: 1, failed: 1, pending: 0, skipped: 0, other: 0, start: 0, stop: 1 },
        tests: [ctrfTest(1, 'failed'), ctrfTest(2, 'passed')],
      },
    }),
    'results.sarif': JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: `lint ${text}`,
              rules: [
                {
                  id: `rule ${text}`,
                  fullDescription: { text: `full ${text}` },
                  help: { text: `help ${text}` },
                  helpUri: `https://example.com/${encodeURIComponent(text)}?x=${encodeURIComponent(text)}`,
                },
              ],
            },
          },
          results: [place, `src/${text}.ts`].map((uri, index) => ({
            ruleId: `rule ${text}`,
            level: 'error',
            message: { text: `found ${text}` },
            partialFingerprints: { a: `print ${text} ${index}` },
            locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 18 } } }],
          })),
        },
      ],
    }),
    'gl-code-quality-report.json': JSON.stringify([
      {
        description: `said ${text}`,
        check_name: `check ${text}`,
        fingerprint: `f ${text}`,
        severity: 'major',
        location: { path: place, lines: { begin: 19 } },
      },
    ]),
    'lcov.info': `SF:src/${text}.ts\nFN:1,f${text}\nFNDA:1,f${text}\nDA:1,1\nDA:2,0\nend_of_record\n`,
    'metrics.txt': `# TYPE x gauge\nx{label="${text.replace(/["\\]/g, '\\$&')}"} 1\nplain 2\n`,
    'hyperfine.json': JSON.stringify({
      results: [{ command: `run ${text}`, mean: 1, stddev: 0.1, times: [1] }],
    }),
    'broken.xml': `<testsuites><testsuite name="${t}"><testcase name="a${t}"></wrong ${t}>`,
    'clean.sarif': JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'lint' } }, results: [] }],
    }),
    'append.md': `## Told ${text}\n\n- ${text}\n\n\`\`\`\n${text}\n\`\`\`\n`,
    ...demoSources,
  };
}

const reports = [
  'junit.xml',
  'ctrf-report.json',
  'results.sarif',
  'gl-code-quality-report.json',
  'lcov.info',
  'metrics.txt',
  'hyperfine.json',
  'broken.xml',
];

function textsIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Puts the text into what GitLab tells of the pipeline and the merge request. */
function tellOf(text: string, project: Project): void {
  const { gitlab } = project;
  const shown = text.replaceAll('\u001b', '');
  for (const { jobs } of gitlab.state.pipelines)
    for (const job of jobs)
      if (job.status === 'failed')
        Object.assign(job, {
          name: `${job.name} ${shown}`,
          trace: `$ deploy ${text}\nerror: it said ${text}\nERROR: Job failed: exit code 1\n`,
        });
  for (const mr of gitlab.state.mergeRequests)
    Object.assign(mr, {
      title: `Title ${shown}`,
      source_branch: `branch-${shown}`,
      sha: project.env['CI_COMMIT_SHA'],
    });
}

/** Everything that leaves Herald, by place. */
async function outputsOf(
  text: string,
  environment: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const project = await aProject({}, reportsWith(text));
  tellOf(text, project);
  const { directory: cwd, gitlab } = project;
  const env = {
    ...project.env,
    CI_MERGE_REQUEST_TITLE: `Title ${text}`,
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: `branch-${text}`,
    ...environment,
  };
  const herald = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runHerald(args, { cwd, env });
    expect(exitCode, stderr).toBe(0);
    return `${stdout}\n${stderr}`;
  };
  const common = [
    '--baseline',
    'baseline/herald-report.json',
    '--append',
    'append.md',
    '--inline',
    'findings',
    '--inline',
    'tests',
    '--log-level',
    'debug',
    '--headline',
    '{verdict} {branch}',
  ];
  // With a baseline, findings on changed lines are new, and get comments of their own.
  await herald('report', 'clean.sarif', '--preview', '--output', 'baseline');
  const dryRun = await herald('report', ...reports, ...common, '--dry-run', '--output', 'out/dry');
  const printed = await herald('report', ...reports, ...common, '--output', 'out/report');
  const preview = await herald('report', ...reports, ...common, '--preview', '--output', 'out/preview');
  const converted = await Promise.all(
    ['junit', 'cobertura', 'codequality', 'sarif'].map((to) => herald('convert', '--to', to, ...reports)),
  );
  const inspected = [await herald('inspect', ...reports), await herald('inspect', '--json', ...reports)];
  const written = gitlab.requests.filter(({ method }) => method !== 'GET');
  return {
    'dry run': dryRun,
    report: printed,
    preview,
    converted: converted.join('\n'),
    inspected: inspected.join('\n'),
    'comment and statuses': bodiesOf(written.filter(({ path }) => !isInline(path))),
    'inline comments': bodiesOf(written.filter(({ path }) => isInline(path))),
    artifacts: textsIn(join(cwd, 'out')).join('\n'),
  };
}

function isInline(path: string): boolean {
  return /discussions|draft_notes/.test(path);
}

function bodiesOf(requests: readonly { readonly body: unknown }[]): string {
  return JSON.stringify(requests.map(({ body }) => body));
}

/** A secret as it stands in what was read, and as JSON, HTML and Markdown spell it. */
function linesWith(output: string, sought: string): readonly string[] {
  const forms = [
    sought,
    JSON.stringify(sought).slice(1, -1),
    JSON.stringify(JSON.stringify(sought).slice(1, -1)).slice(1, -1),
    sought.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
    sought.replaceAll('&', '&amp;').replaceAll('"', '&#34;'),
  ];
  // Markdown's backslashes hide it from no reader.
  const plain = (line: string): string => line.replace(/\\([+_=&"\-[\]()*#.!`~<>|])/g, '$1');
  return output
    .split('\n')
    .filter((line) => forms.some((form) => line.includes(form) || plain(line).includes(form)))
    .map((line) => line.slice(0, 2_000));
}

describe('a secret that a test prints is in no output', () => {
  test.each(Object.entries(spellings))(
    '%s',
    async (_name, [written, sought]) => {
      const outputs = await outputsOf(written, { CANARY_SECRET: secret });
      for (const [where, output] of Object.entries(outputs)) {
        expect(linesWith(output, sought), where).toEqual([]);
        if (where !== 'inspected') expect(output, where).toContain('[MASKED]');
      }
    },
    60_000,
  );

  test("it would be found: without the variable it is nobody's secret, and it is everywhere", async () => {
    const outputs = await outputsOf('canary-of-nobody', {});
    for (const [where, output] of Object.entries(outputs))
      if (where !== 'inspected') expect(linesWith(output, 'canary-of-nobody'), where).not.toEqual([]);
  });
});
