/** What is missing beside an entry of a registry: each answer names the file and what to put there. */

/** The files of the repository, as these checks look at them. */
export interface Repository {
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): readonly string[];
  /** Empty where there is no such file. */
  read(path: string): string;
}

const expectedSuffix = '.expected.json';

/** Every format shows by a report of its own what it reads, beside what is to be read from it. */
export function missingFixtures(formats: readonly string[], { list }: Repository): readonly string[] {
  return formats.flatMap((format) => {
    const folder = `test/fixtures/reports/${format}`;
    const names = list(folder);
    const reports = names.filter((name) => !name.endsWith(expectedSuffix));
    if (reports.length === 0)
      return [
        `${format}: put a small report, written from the specification, into ${folder}/<what-it-shows>.<extension>`,
      ];
    return reports
      .map((name) => ({ name, answer: name.replace(/\.\w+$/, expectedSuffix) }))
      .filter(({ answer }) => !names.includes(answer))
      .map(
        ({ name, answer }) =>
          `${folder}/${name}: write by hand what is to be read from it into ${folder}/${answer}`,
      );
  });
}

/** A page on which every name has to be, and what the line of a name begins with. */
export interface Page {
  readonly path: string;
  readonly begins: (name: string) => string;
}

/** Lines of a generated page: each name has one. */
export function missingRows(names: readonly string[], page: Page, { read }: Repository): readonly string[] {
  const lines = read(page.path).split('\n');
  const isThere = (name: string): boolean => {
    const begin = page.begins(name);
    // What follows must not go on with the name: `label` has no line because `label-more` has one.
    return lines.some((line) => line.startsWith(begin) && !/^[\w-]/.test(line.slice(begin.length)));
  };
  return names
    .filter((name) => !isThere(name))
    .map((name) => `${name}: run "npm run generate", which writes its line into ${page.path}`);
}

/** Where the tests of a registry are, and how they write a name that they try. */
export interface Trial {
  readonly paths: readonly string[];
  /** What stands before the name in the text of a test, as a regular expression. */
  readonly before: string;
  /** What to write, in words. */
  readonly what: (name: string) => string;
}

/** Each name is tried in the text of one of the files. */
export function missingTrials(
  names: readonly string[],
  trial: Trial,
  { read }: Repository,
): readonly string[] {
  const text = trial.paths.map(read).join('\n');
  return names
    .filter((name) => !new RegExp(`(?:${trial.before})${name}(?![\\w-])`).test(text))
    .map((name) => `${name}: add ${trial.what(name)} to ${trial.paths[0] ?? ''}`);
}

/** What an option has to say for itself in its schema. */
interface Described {
  readonly name: string;
  readonly type: string;
  readonly choices: readonly string[] | null;
  readonly defaultValue: unknown;
  readonly description: string;
  readonly example: string | null;
  readonly input: boolean;
}

/**
 * A text of an input, which has no help where people write it, that is neither one of some choices nor shown by its
 * default.
 */
function needsExample({ type, choices, defaultValue, input }: Described): boolean {
  const isShown = Array.isArray(defaultValue)
    ? defaultValue.length > 0
    : defaultValue !== null && defaultValue !== '';
  return input && (type === 'string' || type === 'array') && choices === null && !isShown;
}

/** What options of a command lack in the file that holds their schemas. */
export function missingWords(command: string, options: readonly Described[]): readonly string[] {
  return options.flatMap((option) => {
    const place = `herald ${command} --${option.name}: add`;
    const where = 'to its .meta({ … }) in src/config/';
    return [
      ...(option.description.trim().endsWith('.')
        ? []
        : [`${place} a description that is a sentence ${where}`]),
      ...(needsExample(option) && option.example === null ? [`${place} an example ${where}`] : []),
    ];
  });
}
