/** Formats in which a cut cannot always be seen, with the reason. */
export const endsAnywhere: ReadonlyMap<string, string> = new Map([
  ['go-cover', 'a profile is a list of lines without an end'],
  ['go-benchmark', 'lines without an end'],
  ['openmetrics', '# EOF is not written by all tools'],
  ['rdjsonl', 'a list of lines without an end'],
  ['staticcheck', 'a list of lines without an end'],
  ['lcov', 'a record that is whole may be the last'],
  ['gcov', 'the lines of a source, without an end'],
  ['mypy', 'a list of lines without an end'],
]);
