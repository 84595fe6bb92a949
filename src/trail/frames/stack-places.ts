import { frameLanguages, packageFolder } from './languages.ts';

/** Frames of runtimes, frameworks and dependencies: they are not where a reader looks first. */
const foreign =
  /node_modules\/|\bnode:[a-z_]|\bsite-packages\b|\bdist-packages\b|\/usr\/(?:local\/)?(?:lib|share)\/|<frozen |\bat (?:[\w.@-]{0,60}\/{1,2})?(?:java|javax|jdk|sun|kotlin|scala|groovy|org\.junit|org\.gradle|org\.apache\.maven|org\.testng|org\.mockito|org\.springframework|org\.opentest4j|System|Microsoft|NUnit|Xunit|MSTest)\.|\/(?:gems|rubygems|bundler)\/|\/vendor\/|\/rustc\/|\/go\/pkg\/mod\/|\/go[\w.-]{0,20}\/src\/(?:testing|runtime)\/|phpunit\/phpunit|\binternal\/process\/|\bruntime\.go\b|testing\.tRunner|^\s*(?:at )?(?:async )?(?:new )?[\w.$<>]{1,80}(?: \[as [\w.]{1,80}\])? \(<anonymous>\)|^\s*at async Promise\.all /;

/** What a stack frame looks like in the common languages; every other line is text of the failure. */
const frame =
  /^\s*(?:at\s+\S|File "[^"]+", line \d+|❯\s|#\d+\s|from\s+\S+:\d+|\d+:\s+0x|(?:async )?[\w.$<>]{1,80} \((?:file:\/\/|node:)|\S+\.(?:go|rs|rb|php|ts|tsx|js|jsx|mjs|cjs|py|java|kt|cs|swift|dart):\d+)/;

/** True for a line of a stack. */
export function isFrame(line: string): boolean {
  return frame.test(line);
}

/** True for a line of a stack in code that is not the project's. */
export function isForeignFrame(line: string): boolean {
  return foreign.test(line) && frame.test(line);
}

export interface StackPlace {
  /** As the stack names it. */
  readonly path: string;
  readonly line: number;
  /** With the folders of its package, where the stack names only the file and the package: `com/shop/Cart.java`. */
  readonly inPackage?: string;
}

const extension = frameLanguages.flatMap(({ extensions }) => extensions).join('|');
const path = `(?:[A-Za-z]:)?[\\\\/]?(?:[\\w@.+-]+[\\\\/])*[\\w@.+-]+\\.(?:${extension})`;
const place = new RegExp(`(?:^|[\\s("'❯])(?:file:\\/\\/)?(?<path>${path}):(?:line )?(?<line>\\d{1,7})\\b`);
/** Of what bats and Perl say: `in test file test/price.bats, line 10`, `at t/price.t line 8.`. */
const spoken = new RegExp(`(?:\\bin (?:test )?file|\\bat) (?<path>${path}),? line (?<line>\\d{1,7})\\b`);
const [pythonPlace] = frameLanguages.flatMap(({ name, forms }) => (name === 'Python' ? forms : []));
/** pytest: `tests/test_money.py:13: AssertionError`, at the left edge. */
const pytestPlace = /^\S+\.py:\d{1,7}: /;

const forms = [...frameLanguages.flatMap((language) => language.forms), place, spoken];
const maxLines = 1_000;
/** A longer line is text of a failure. */
const maxLength = 2_000;

function placeOf(line: string): StackPlace | null {
  if (line.length > maxLength) return null;
  for (const form of forms) {
    const { path: found, line: at } = form.exec(line)?.groups ?? {};
    if (found === undefined) continue;
    const folder = /[\\/]/.test(found) ? '' : packageFolder(line);
    const known = { path: found, line: Number(at) };
    return folder === '' ? known : { ...known, inPackage: `${folder}/${found}` };
  }
  return null;
}

/** The places that a stack names outside of runtimes, frameworks and dependencies, in its order. */
export function placesInStack(details: string): readonly StackPlace[] {
  return details.split('\n', maxLines).flatMap((line) => (foreign.test(line) ? [] : (placeOf(line) ?? [])));
}

/** The same, the one nearest to what went wrong first: Python names the innermost call last, the others first. */
export function innermostFirst(details: string): readonly StackPlace[] {
  const isPython = details
    .split('\n', maxLines)
    .some((line) => pythonPlace?.test(line) === true || pytestPlace.test(line));
  return isPython ? placesInStack(details).toReversed() : placesInStack(details);
}
