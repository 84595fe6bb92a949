import { withoutLastLineEnds } from '../words/visible-text.ts';

/** Frames of runtimes, frameworks and dependencies: they are not where a reader looks first. */
const foreign =
  /node_modules\/|node:internal|\bsite-packages\b|\bdist-packages\b|\/usr\/(?:local\/)?lib\/|<frozen |\bat (?:java|javax|jdk|sun|kotlin|scala|groovy|org\.junit|org\.gradle|org\.apache\.maven|org\.testng|org\.mockito|org\.springframework|org\.opentest4j|System|Microsoft|NUnit|Xunit|MSTest)\.|\/(?:gems|rubygems|bundler)\/|\/vendor\/|\/rustc\/|\/go\/pkg\/mod\/|\/usr\/local\/go\/src\/|phpunit\/phpunit|\binternal\/process\/|\bruntime\.go\b|testing\.tRunner/;

/** What a stack frame looks like in the common languages; every other line is text of the failure. */
const frame =
  /^\s*(?:at\s+\S|File "[^"]+", line \d+|❯\s|#\d+\s|from\s+\S+:\d+|\d+:\s+0x|\S+\.(?:go|rs|rb|php|ts|tsx|js|jsx|mjs|cjs|py|java|kt|cs|swift|dart):\d+)/;

export interface TrimmedStack {
  readonly text: string;
  readonly omittedFrames: number;
}

/**
 * A stack without the frames of other people's code, and not longer than `maxLines`. When every frame is foreign they
 * stay: nothing would be left to look at.
 */
export function projectFrames(details: string, maxLines: number): TrimmedStack {
  const lines = withoutLastLineEnds(details).split('\n');
  const own = lines.filter((line) => !(frame.test(line) && foreign.test(line)));
  const hasOwnFrame = own.some((line) => frame.test(line));
  const kept = hasOwnFrame || own.length === lines.length ? own : lines;
  const shown = kept.slice(0, maxLines);
  const omittedFrames = lines.length - shown.length;
  return { text: shown.join('\n'), omittedFrames };
}

const place =
  /(?:^|[\s("'❯])(?:file:\/\/)?(\/?(?:[\w@.-]+\/)*[\w@.-]+\.(?:py|tsx?|jsx?|mjs|cjs|go|rb|php|rs|java|kt|cs|swift|dart|scala|ex|exs)):(\d{1,7})\b/;
const pythonPlace = /^\s*File "([^"]{1,300})", line (\d{1,7})/;

/**
 * The places in the project's own code that a stack names, in its order; a path from the root is of the machine that
 * ran it.
 */
export function placesInStack(details: string): readonly { readonly path: string; readonly line: number }[] {
  return details.split('\n', 400).flatMap((line) => {
    if (foreign.test(line)) return [];
    const match = pythonPlace.exec(line) ?? place.exec(line);
    return match?.[1] === undefined ? [] : [{ path: match[1], line: Number(match[2]) }];
  });
}

/**
 * The first place in the project's own code that a stack names as readers know it: where they look first. Null when it
 * names none.
 */
export function placeInStack(details: string): { readonly path: string; readonly line: number } | null {
  return placesInStack(details).find(({ path }) => !path.startsWith('/')) ?? null;
}
