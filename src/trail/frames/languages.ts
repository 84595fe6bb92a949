/** How the runtimes of one language write where a frame of a stack is. */
export interface FrameLanguage {
  readonly name: string;
  /** Of its files, as parts of an expression. */
  readonly extensions: readonly string[];
  /**
   * Forms of its own, with the groups `path` and `line`. All languages share the form `path:line`, also as
   * `path:line 12`, at the edge of a line, after a space, a quote or a parenthesis.
   */
  readonly forms: readonly RegExp[];
}

/** Of JVM languages: the file without its folders, which are those of the package in front of it. */
const jvm = /\((?<path>[\w$-]{1,200}\.(?:java|kt|scala|groovy)):(?<line>\d{1,7})\)/;

/** One row a language. The forms are those of real traces in test/trail/frames. */
export const frameLanguages: readonly FrameLanguage[] = [
  {
    name: 'Python',
    extensions: ['pyx?'],
    forms: [/^\s*File "(?<path>[^"]{1,300})", line (?<line>\d{1,7})/],
  },
  {
    name: 'JavaScript and TypeScript',
    extensions: ['tsx?', 'jsx?', 'mts', 'cts', 'mjs', 'cjs', 'vue', 'svelte'],
    forms: [],
  },
  { name: 'Java, Kotlin, Scala and Groovy', extensions: ['java', 'kt', 'scala', 'groovy'], forms: [jvm] },
  { name: 'Go', extensions: ['go'], forms: [] },
  { name: 'C#', extensions: ['cs'], forms: [] },
  { name: 'Ruby', extensions: ['rb'], forms: [] },
  {
    name: 'PHP',
    extensions: ['php', 'phpt'],
    forms: [
      /^#\d{1,4} (?<path>[^\s(][^(]{0,300}\.php)\((?<line>\d{1,7})\): /,
      /\bin (?<path>\S{1,300}\.php) on line (?<line>\d{1,7})\b/,
    ],
  },
  { name: 'Rust', extensions: ['rs'], forms: [] },
  {
    name: 'C and C++',
    extensions: ['cpp', 'cc', 'cxx', 'c', 'hpp', 'hh', 'hxx', 'h'],
    forms: [/^(?<path>[^\s(][^(]{0,300}\.(?:c|cc|cpp|cxx|h|hpp))\((?<line>\d{1,7})(?:,\d{1,7})?\): /],
  },
  { name: 'Swift', extensions: ['swift'], forms: [] },
  { name: 'Dart', extensions: ['dart'], forms: [] },
  { name: 'Elixir', extensions: ['exs?'], forms: [] },
  { name: 'Lua', extensions: ['lua'], forms: [] },
  { name: 'shell', extensions: ['sh', 'bats', 'bash'], forms: [] },
  { name: 'Perl', extensions: ['t', 'pl', 'pm'], forms: [] },
];

const name = /^[\p{L}\p{N}_$]+$/u;

/**
 * The folder of a JVM frame by its package: `com/shop` of `at app//com.shop.Cart$Line.total(`. Empty where the line
 * names none. Files of Java lie in the folders of their package, those of Kotlin mostly. Source of the form:
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/StackTraceElement.html#toString()
 */
export function packageFolder(line: string): string {
  const [, before = ''] = /^\s*at ([^(]{1,1000})\(/.exec(line) ?? [];
  const parts = before.slice(before.lastIndexOf('/') + 1).split('.');
  const folders = parts.slice(0, -2);
  return folders.every((part) => name.test(part)) ? folders.join('/') : '';
}
