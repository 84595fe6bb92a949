import { describe, expect, test } from 'vitest';
import { demoFiles } from '../../src/demo/scenario.ts';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

const configuration = 'title: Shop\ndetail: full\nfail-on:\n  - coverage<1\n';

type Texts = Readonly<Record<string, string>>;

/** The comment that these files give, without what differs from run to run; and the exit code. */
async function reportOf(
  files: Texts,
): Promise<{ readonly comment: string; readonly exitCode: number | null }> {
  const { gitlab, directory, env, botNotes } = await aProject({}, { ...files });
  const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env });
  expect(botNotes(), stderr).toHaveLength(1);
  const comment = (botNotes()[0] ?? '').replaceAll(gitlab.url, 'URL').replaceAll(/<!--[\s\S]*?-->/g, '');
  return { comment, exitCode };
}

const changed = (files: Texts, change: (text: string, path: string) => string): Texts =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text, path)]));

const isReport = (path: string): boolean => /\.(?:xml|info|json)$/.test(path);

/** The paths of source files in the demo's reports. */
const sourcePath = /\b((?:src|shop|tests|api|web)(?:\/[\w.-]+)+\.(?:py|ts|js|go|java))\b/g;

const files: Texts = {
  ...demoFiles('first'),
  // A path of another machine is found among the files of the project.
  'web/src/basket/basket-view.ts': 'view\n',
  'web/src/basket/format-price.ts': 'price\n',
  '.herald.yml': configuration,
};

describe('files that a Windows runner wrote give the same comment', () => {
  test.each<[string, (text: string, path: string) => string]>([
    ['line ends of Windows, in reports, sources and configuration', (text) => text.replaceAll('\n', '\r\n')],
    [
      'a byte order mark before reports and configuration',
      (text, path) => (isReport(path) || path === '.herald.yml' ? `\ufeff${text}` : text),
    ],
    [
      'backslashes in the paths of coverage reports',
      (text, path) =>
        /coverage\.xml$|lcov\.info$/.test(path)
          ? text.replaceAll(sourcePath, (found) => found.replaceAll('/', '\\'))
          : text,
    ],
    [
      'the drive and the folder of the checkout on a Windows runner',
      (text, path) =>
        path.endsWith('lcov.info')
          ? text.replaceAll(
              /^SF:(.*)$/gm,
              (_line, found: string) =>
                `SF:C:\\GitLab-Runner\\builds\\zX9\\0\\shop\\shop\\${found.replaceAll('/', '\\')}`,
            )
          : text,
    ],
  ])('%s', async (_name, change) => {
    const there = changed(files, change);
    expect(there).not.toEqual(files);
    const [plain, windows] = [await reportOf(files), await reportOf(there)];
    expect(windows).toEqual(plain);
    expect(plain.comment).toContain('2 of 30 tests fail');
  });
});
