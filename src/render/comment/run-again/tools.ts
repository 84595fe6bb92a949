import type { TestCase } from '../../../model/tests.ts';
import { isArgument, literally } from './shell-quote.ts';

/** How one test is named to its tool. Tests with the same `before` share a line. */
export interface Rerun {
  /** The words of the command before the names. */
  readonly before: readonly string[];
  /** The test, or the smallest part of the suite with it that the tool can name. */
  readonly name: string;
  /** Makes the words of several names. */
  readonly words: (names: readonly string[]) => readonly string[];
}

/** A test, and the name of the format and the path of the report that it was read from. */
export interface Reported {
  readonly test: TestCase;
  readonly format: string;
  readonly report: string;
}

type Tool = (reported: Reported) => Rerun | null;

const each = (names: readonly string[]): readonly string[] => names;
const alternatives = (names: readonly string[]): readonly string[] => [names.join('|')];
const exactly = (names: readonly string[]): readonly string[] => [`^(${names.join('|')})$`];

const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const className_ = /^[\p{L}_$][\p{L}\p{N}_$.]*$/u;
const scriptFile = /\.[cm]?[jt]sx?$/;

/** A path inside of the project, or null. */
function pathOf(path: string | null): string | null {
  if (path === null || path.startsWith('/') || !isArgument(path)) return null;
  return path.split(/[/\\]/).includes('..') ? null : path;
}

/** Method of a test with parameters: `rounds(int)[1]` is a run of `rounds`. */
function methodOf({ name }: TestCase): string | null {
  const method = name.replace(/[([{].*$/su, '').trim();
  return identifier.test(method) ? method : null;
}

/** The file and the classes in a dotted name: classes begin with a capital letter, modules do not. */
function pythonPlace({
  file,
  className,
}: TestCase): { readonly path: string; readonly classes: string } | null {
  const parts = className.split('.').filter((part) => part !== '');
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  const modules = first < 0 ? parts : parts.slice(0, first);
  const path = pathOf(
    file?.endsWith('.py') === true ? file : modules.length === 0 ? null : `${modules.join('/')}.py`,
  );
  return path === null ? null : { path, classes: first < 0 ? '' : parts.slice(first).join('::') };
}

const pytest: Tool = ({ test, format }) => {
  const isPytest = format.startsWith('pytest') || (format === 'junit' && /^pytest\b/.test(test.suite));
  const place = isPytest ? pythonPlace(test) : null;
  if (place === null || test.name === '' || format === 'pytest-benchmark') return null;
  const name = [place.path, place.classes, test.name].filter((part) => part !== '').join('::');
  return { before: ['pytest'], name, words: each };
};

/** Vitest writes the path of the file as the class. */
const vitest: Tool = ({ test, format, report }) => {
  const { className, name } = test;
  const isJunit = format === 'junit' && scriptFile.test(className) && (test.file ?? className) === className;
  const isJson = format === 'jest' && report.includes('vitest');
  const path = pathOf(isJunit ? className : isJson ? test.file : null);
  const title = name.split(' > ').at(-1) ?? '';
  if (path === null || title === '') return null;
  return { before: ['npx', 'vitest', 'run', path, '-t'], name: literally(title), words: alternatives };
};

const jest: Tool = ({ test, format }) => {
  const path = format === 'jest' ? pathOf(test.file) : null;
  if (path === null || test.name === '' || test.name === path) return null;
  return { before: ['npx', 'jest', path, '-t'], name: literally(test.name), words: alternatives };
};

const mocha: Tool = ({ test, format }) => {
  const path = format === 'mocha' || format === 'mochawesome' ? pathOf(test.file) : null;
  if (path === null || test.name === '') return null;
  return { before: ['npx', 'mocha', path, '-g'], name: literally(test.name), words: alternatives };
};

const playwright: Tool = ({ test, format }) => {
  const path = format === 'playwright' ? pathOf(test.file) : null;
  if (path === null) return null;
  const name = test.line === null ? path : `${path}:${test.line}`;
  return { before: ['npx', 'playwright', 'test'], name, words: each };
};

const cypress: Tool = ({ test, format }) => {
  const path = format === 'cypress' ? pathOf(test.file) : null;
  return path === null
    ? null
    : { before: ['npx', 'cypress', 'run', '--spec'], name: path, words: (all) => [all.join(',')] };
};

/** Only the test itself: a pattern is split at slashes, so subtests of two tests fit in no common one. */
const go: Tool = ({ test, format }) => {
  const [top = ''] = test.name.split('/', 1);
  if (format !== 'go-test' || !identifier.test(top) || !isArgument(test.className) || test.className === '')
    return null;
  return { before: ['go', 'test', test.className, '-run'], name: top, words: exactly };
};

/** Of a class with a package, or a class whose name says that it holds tests. */
function isJvm({ test, format, report }: Reported): boolean {
  return format === 'testng' ||
    (format === 'junit' && /(?:surefire|failsafe)-reports\/|test-results\//.test(report))
    ? className_.test(test.className)
    : false;
}

const gradle: Tool = (reported) => {
  const { test, report } = reported;
  if (!isJvm(reported) || !/(?:^|\/)build\/test-results\//.test(report)) return null;
  const method = methodOf(test);
  const name = method === null ? test.className : `${test.className}.${method}`;
  return { before: ['./gradlew', 'test'], name, words: (all) => all.flatMap((one) => ['--tests', one]) };
};

const maven: Tool = (reported) => {
  const { test, report } = reported;
  if (!isJvm(reported) || !/(?:^|\/)(?:surefire|failsafe)-reports\//.test(report)) return null;
  const method = methodOf(test);
  const name = method === null ? test.className : `${test.className}#${method}`;
  return { before: ['mvn', 'test'], name, words: (all) => [`-Dtest=${all.join(',')}`] };
};

const phpunit: Tool = ({ test, format }) => {
  const short = test.className.split(/[\\.]/).at(-1) ?? '';
  if (format !== 'junit' || test.file?.endsWith('.php') !== true || !identifier.test(short)) return null;
  // PHPUnit puts the pattern between slashes.
  const name = `${short}::${literally(test.name).replaceAll('/', '\\/')}`;
  return { before: ['vendor/bin/phpunit', '--filter'], name, words: alternatives };
};

const rspec: Tool = ({ test, format }) => {
  const path = pathOf(test.file?.replace(/^\.\//, '') ?? null);
  if (path === null || (format !== 'rspec' && !path.endsWith('_spec.rb'))) return null;
  const name = test.line === null ? path : `${path}:${test.line}`;
  return { before: ['bundle', 'exec', 'rspec'], name, words: each };
};

const cargo: Tool = ({ test, format }) => {
  if (format !== 'libtest' || !/^[\p{L}\p{N}_:]+$/u.test(test.name)) return null;
  return { before: ['cargo', 'test', '--', '--exact'], name: test.name, words: each };
};

const ctest: Tool = ({ test, format }) => {
  if (format !== 'ctest' || test.name === '') return null;
  return { before: ['ctest', '--output-on-failure', '-R'], name: literally(test.name), words: exactly };
};

const dotnet: Tool = ({ test, format }) => {
  const method = format === 'trx' && className_.test(test.className) ? methodOf(test) : null;
  if (method === null) return null;
  const name = `FullyQualifiedName=${test.className}.${method}`;
  return { before: ['dotnet', 'test', '--filter'], name, words: alternatives };
};

const tools: readonly Tool[] = [
  pytest,
  vitest,
  jest,
  mocha,
  playwright,
  cypress,
  go,
  gradle,
  maven,
  phpunit,
  rspec,
  cargo,
  ctest,
  dotnet,
];

/** How to run a test again, by what its report shows of the tool; null where that does not show it for certain. */
export function rerunOf(reported: Reported): Rerun | null {
  for (const tool of tools) {
    const rerun = tool(reported);
    if (rerun !== null) return isArgument(rerun.name) ? rerun : null;
  }
  return null;
}
