/** Frames of runtimes, frameworks and dependencies: they are not where a reader looks first. */
const foreign =
  /node_modules\/|\bnode:[a-z_]|\bsite-packages\b|\bdist-packages\b|\/usr\/(?:local\/)?(?:lib|share)\/|<frozen |\bat (?:java|javax|jdk|sun|kotlin|scala|groovy|org\.junit|org\.gradle|org\.apache\.maven|org\.testng|org\.mockito|org\.springframework|org\.opentest4j|System|Microsoft|NUnit|Xunit|MSTest)\.|\/(?:gems|rubygems|bundler)\/|\/vendor\/|\/rustc\/|\/go\/pkg\/mod\/|\/go[\w.-]{0,20}\/src\/(?:testing|runtime)\/|phpunit\/phpunit|\binternal\/process\/|\bruntime\.go\b|testing\.tRunner|^\s*(?:at )?(?:async )?(?:new )?[\w.$<>]{1,80}(?: \[as [\w.]{1,80}\])? \(<anonymous>\)|^\s*at async Promise\.all /;

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
}

const extension =
  'py|tsx?|jsx?|mts|cts|mjs|cjs|vue|svelte|go|rb|php|phpt|rs|java|kt|cs|swift|dart|scala|exs?|lua|sh|bats|bash|t|pl|pm|cpp|cc|cxx|c|hpp|h';
const path = `(?:[A-Za-z]:)?[\\\\/]?(?:[\\w@.+-]+[\\\\/])*[\\w@.+-]+\\.(?:${extension})`;
const place = new RegExp(`(?:^|[\\s("'❯])(?:file:\\/\\/)?(${path}):(?:line )?(\\d{1,7})\\b`);
/** Of what bats and Perl say: `in test file test/price.bats, line 10`, `at t/price.t line 8.`. */
const spoken = new RegExp(`(?:\\bin (?:test )?file|\\bat) (${path}),? line (\\d{1,7})\\b`);
const pythonPlace = /^\s*File "([^"]{1,300})", line (\d{1,7})/;
/** pytest: `tests/test_money.py:13: AssertionError`, at the left edge. */
const pytestPlace = /^\S+\.py:\d{1,7}: /;

const maxLines = 1_000;

/** The places that a stack names outside of runtimes, frameworks and dependencies, in its order. */
export function placesInStack(details: string): readonly StackPlace[] {
  return details.split('\n', maxLines).flatMap((line) => {
    if (foreign.test(line)) return [];
    const match = pythonPlace.exec(line) ?? place.exec(line) ?? spoken.exec(line);
    return match?.[1] === undefined ? [] : [{ path: match[1], line: Number(match[2]) }];
  });
}

/** The same, the one nearest to what went wrong first: Python names the innermost call last, the others first. */
export function innermostFirst(details: string): readonly StackPlace[] {
  const isPython = details
    .split('\n', maxLines)
    .some((line) => pythonPlace.test(line) || pytestPlace.test(line));
  return isPython ? placesInStack(details).toReversed() : placesInStack(details);
}
