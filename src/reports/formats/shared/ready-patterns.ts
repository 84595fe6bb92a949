import type { LineRule, ReadyPattern } from './ready-pattern.ts';

/** A path up to the colon before a line number; on Windows it has a drive's colon itself. */
const path = String.raw`(?<path>(?:[A-Za-z]:[\\/])?[^:\s][^:]*)`;
const position = String.raw`(?<line>\d+)(?::(?<column>\d+))?`;

function rule(means: LineRule['means'], expression: string): LineRule {
  return { means, expression: new RegExp(expression) };
}

const medium = (): 'medium' => 'medium';
const high = (): 'high' => 'high';

const gcc: ReadyPattern = {
  name: 'gcc',
  tool: 'GCC',
  specification: 'https://gcc.gnu.org/onlinedocs/gcc/Diagnostic-Message-Formatting-Options.html',
  option: 'its standard error, as Clang and others write it too',
  // Only what the linker says has no word of its own.
  severity: high,
  counts: 'apart',
  rules: [
    // Clang: "2 warnings and 1 error generated."
    rule('count', String.raw`(?:\d+ warnings? and )?(?<errors>\d+) errors? generated\.`),
    rule('nothing', String.raw`\d+ warnings? generated\.`),
    rule('detail', `${path}:${position}: (?<more>note: .*)`),
    rule(
      'finding',
      `${path}:${position}: (?<severity>fatal error|error|warning|remark): (?<message>.*?)(?: \\[(?<rule>-W[^\\]]+|[\\w.,-]+)\\])?$`,
    ),
    // Of no line: `collect2: error: ld returned 1 exit status`.
    rule('finding', String.raw`(?:[\w./+-]+: )(?<severity>fatal error|error): (?<message>.*)`),
    rule('finding', String.raw`(?:[^:]+: )?${path}:(?<line>\d+): (?<message>undefined reference to .*)`),
    rule(
      'finding',
      String.raw`(?:[^\s:]+ld: )?(?:[^:]+: )?(?:\(\.text[^)]*\): )(?<message>undefined reference to .*)`,
    ),
  ],
};

const tsc: ReadyPattern = {
  name: 'tsc',
  tool: 'TypeScript',
  specification: 'https://www.typescriptlang.org/docs/handbook/compiler-options.html',
  option: 'tsc, with --pretty too',
  severity: high,
  counts: 'apart',
  rules: [
    rule('count', String.raw`Found (?<errors>\d+) errors?\b`),
    rule('count', String.raw`\[[^\]]*\] Found (?<errors>\d+) errors?\b`),
    rule(
      'finding',
      String.raw`(?<path>[^\s(][^(]*)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning|message) (?<rule>TS\d+): (?<message>.*)`,
    ),
    rule(
      'finding',
      `${path}:${position} - (?<severity>error|warning|message) (?<rule>TS\\d+): (?<message>.*)`,
    ),
    rule('finding', String.raw`(?<severity>error|warning) (?<rule>TS\d+): (?<message>.*)`),
    // The chain of reasons is indented by two more for each; the code and its squiggles have four or a number before
    // them.
    rule('detail', String.raw` {2,}(?<more>[A-Z'].*)`),
  ],
};

const mypy: ReadyPattern = {
  name: 'mypy',
  tool: 'mypy',
  specification: 'https://mypy.readthedocs.io/en/stable/command_line.html',
  option: 'mypy .',
  severity: high,
  counts: 'apart',
  rules: [
    // --show-error-context
    rule('nothing', `${path}: note: (?:In |At top level)`),
    rule('failed', `(?:${path}:(?:${position}:)? )?(?<message>error: INTERNAL ERROR.*)`),
    rule('count', String.raw`Found (?<errors>\d+) errors? in \d+ files?`),
    rule('count', String.raw`Success: no issues found in (?:\d+ source files?)`),
    rule(
      'finding',
      `${path}:(?:${position}(?::(?<endLine>\\d+):\\d+)?:)? (?<severity>error|warning|info|note): (?<message>.*?)(?:  \\[(?<rule>[\\w-]+)\\])?$`,
    ),
  ],
};

const flake8: ReadyPattern = {
  name: 'flake8',
  tool: 'Flake8',
  specification: 'https://flake8.pycqa.org/en/latest/user/options.html#cmdoption-flake8-format',
  option: 'flake8 --output-file=flake8.txt, pycodestyle and pydocstyle too',
  // Flake8 has no severities; E9 are files that Python cannot read.
  severity: (found) => (found.startsWith('E9') ? 'high' : 'medium'),
  counts: 'apart',
  rules: [
    rule('finding', `${path}:${position}: (?<rule>[A-Z]{1,3}\\d+) (?<message>.*)`),
    rule(
      'failed',
      String.raw`(?<message>There was a critical error during execution of Flake8.*|multiprocessing\.pool\.RemoteTraceback.*|Traceback \(most recent call last\):)`,
    ),
    // --count
    rule('count', String.raw`(?<problems>\d+)$`),
  ],
};

const eslintUnix: ReadyPattern = {
  name: 'eslint-unix',
  tool: 'ESLint',
  specification: 'https://eslint.org/docs/latest/use/formatters/',
  option: '--format unix',
  severity: medium,
  counts: 'apart',
  rules: [
    rule(
      'finding',
      `${path}:${position}: (?<message>.*) \\[(?<severity>Error|Warning)(?:/(?<rule>[^\\]]*))?\\]$`,
    ),
    rule('count', String.raw`(?<problems>\d+) problems?$`),
    rule('failed', String.raw`(?<message>Oops! Something went wrong!.*)`),
  ],
};

const yamllint: ReadyPattern = {
  name: 'yamllint',
  tool: 'yamllint',
  specification: 'https://yamllint.readthedocs.io/en/stable/quickstart.html',
  option: '--format parsable, or standard',
  severity: medium,
  counts: 'apart',
  rules: [
    rule(
      'finding',
      `${path}:${position}: \\[(?<severity>error|warning)\\] (?<message>.*?)(?: \\((?<rule>[\\w-]+)\\))?$`,
    ),
    rule(
      'finding',
      String.raw` {2,}(?<line>\d+):(?<column>\d+) +(?<severity>error|warning) +(?<message>.*?)(?: +\((?<rule>[\w-]+)\))?$`,
    ),
    rule('file', String.raw`(?<path>[^\s:][^:]*\.(?:ya?ml|yamllint))$`),
  ],
};

const ansibleLint: ReadyPattern = {
  name: 'ansible-lint',
  tool: 'ansible-lint',
  specification: 'https://ansible.readthedocs.io/projects/lint/usage/#output-formats',
  option: '--parseable, or -f pep8',
  severity: high,
  counts: 'same',
  rules: [
    rule(
      'count',
      String.raw`(?:Failed|Finished with)(?: after \w+ profile)?(?:: |, | )(?<errors>\d+) failure\(s\)`,
    ),
    rule('count', String.raw`Passed: 0 failure\(s\)`),
    rule(
      'finding',
      `${path}:${position}: \\[?(?<rule>E?\\d{3}|[a-z][\\w-]*(?:\\[[\\w./ -]+\\])?)\\]?:? (?:\\[[A-Z_]+\\] )?(?<message>.*?)(?: \\((?<severity>warning)\\))?$`,
    ),
  ],
};

const shellcheckGcc: ReadyPattern = {
  name: 'shellcheck-gcc',
  tool: 'ShellCheck',
  specification: 'https://github.com/koalaman/shellcheck/wiki/Integration',
  option: '--format=gcc',
  severity: medium,
  counts: 'apart',
  rules: [
    rule(
      'finding',
      `${path}:${position}: (?<severity>error|warning|note): (?<message>.*) \\[(?<rule>SC\\d+)\\]$`,
    ),
    rule('failed', String.raw`(?<message>[^:]+: [^:]+: openBinaryFile: .*)`),
  ],
};

const clippy: ReadyPattern = {
  name: 'clippy',
  tool: 'Clippy',
  specification:
    'https://doc.rust-lang.org/rustc/command-line-arguments.html#--error-format-control-how-errors-are-produced',
  option: 'cargo clippy, with --message-format short too; rustc',
  severity: medium,
  // Cargo reports a library and its tests, and what both have in common once.
  counts: 'same',
  rules: [
    rule(
      'nothing',
      String.raw`warning: (?:\x60[^\x60]*\x60 .*generated \d+ warnings?|\d+ warnings? emitted|build failed, waiting)`,
    ),
    rule(
      'count',
      String.raw`error: (?:could not compile .* due to|aborting due to) (?:(?<errors>\d+) )?previous errors?`,
    ),
    rule('failed', String.raw`(?<message>error: (?:could not compile|process didn't exit successfully).*)`),
    rule(
      'finding',
      String.raw`(?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning|note|help)(?:\[(?<rule>[A-Z]\d+)\])?: (?<message>.*)`,
    ),
    rule('finding', String.raw`(?<severity>error|warning)(?:\[(?<rule>[A-Z]\d+)\])?: (?<message>.*)`),
    rule('detail', String.raw` *--> (?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+)`),
    // The note that names the rule comes once for all of its findings, this link comes with each.
    rule('detail', String.raw` *= (?<more>help: .*rust-clippy/.*#(?<rule>[a-z_0-9]+))$`),
    rule('detail', String.raw` *= (?<more>(?:help|note): .*)`),
  ],
};

const javac: ReadyPattern = {
  name: 'javac',
  tool: 'javac',
  specification: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/javac.html',
  option: 'javac, by way of Gradle, Ant or Maven too',
  severity: high,
  counts: 'apart',
  rules: [
    rule('count', String.raw`(?:\[\w+\] |\s*\[javac\] )?(?<errors>\d+) errors?\s*$`),
    rule('count', String.raw`(?:\s*\[javac\] )?only showing the first \d+ errors, of (?<errors>\d+) total`),
    rule('nothing', String.raw`(?:\[\w+\] |\s*\[javac\] )?\d+ warnings?\s*$`),
    rule(
      'finding',
      String.raw`\[(?<severity>ERROR|WARNING)\] (?<path>[^\[]*\.(?:java|kt|groovy|scala)):\[(?<line>\d+),(?<column>\d+)\] (?:\[(?<rule>[\w-]+)\] )?(?<message>.*)`,
    ),
    rule(
      'finding',
      String.raw`(?:\s*\[javac\] )?(?:w|e): (?:file://)?(?<path>[^:]*\.kts?):(?<line>\d+):(?<column>\d+):? (?<message>.*)`,
    ),
    rule(
      'finding',
      String.raw`(?:\s*\[javac\] )?(?<path>(?:[A-Za-z]:[\\/])?[^\s:][^:]*\.java):(?<line>\d+): (?<severity>error|warning): (?:\[(?<rule>[\w-]+)\] )?(?<message>.*)`,
    ),
    rule('finding', String.raw`(?<severity>error|warning): (?:\[(?<rule>[\w-]+)\] )?(?<message>.*)`),
    rule('detail', String.raw`(?<caret>\s*)\^\s*$`),
    rule('detail', String.raw`\s+(?<more>(?:symbol|location|required|found|reason): .*)`),
  ],
};

const dotnetBuild: ReadyPattern = {
  name: 'dotnet-build',
  tool: '.NET build',
  specification: 'https://learn.microsoft.com/en-us/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks',
  option: 'dotnet build, MSBuild',
  severity: medium,
  // Each is printed when it comes and again in the summary.
  counts: 'same',
  rules: [
    rule('count', String.raw`\s*(?<errors>\d+) Error\(s\)`),
    rule('nothing', String.raw`\s*\d+ Warning\(s\)`),
    rule(
      'finding',
      String.raw`\s*(?:\d+>)?(?<path>[^\s(].*?)\((?<line>\d+)(?:,(?<column>\d+))?(?:[,-]\d+)*\)\s*: (?:[\w ]*)(?<severity>error|warning)(?: (?<rule>[A-Za-z]+\d+))?\s*: (?<message>.*?)(?: \[[^\]]*proj\])?$`,
    ),
    rule(
      'finding',
      String.raw`\s*(?:\d+>)?(?<path>(?:[A-Za-z]:[\\/]|/)[^:]*) : (?<severity>error|warning) (?<rule>[A-Za-z]+\d+)\s*: (?<message>.*?)(?: \[[^\]]*proj\])?$`,
    ),
    rule(
      'finding',
      String.raw`\s*(?:\d+>)?(?:[\w.]+)\s*: (?:fatal )?(?<severity>error|warning) (?<rule>[A-Za-z]+\d+)\s*: (?<message>.*?)(?: \[[^\]]*proj\])?$`,
    ),
  ],
};

/** The text that linters and compilers print, ready to be named in `patterns`. */
export const readyPatterns: readonly ReadyPattern[] = [
  gcc,
  tsc,
  mypy,
  flake8,
  eslintUnix,
  yamllint,
  ansibleLint,
  shellcheckGcc,
  clippy,
  javac,
  dotnetBuild,
];
