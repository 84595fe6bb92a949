/**
 * The components' templates: their inputs, variables and commands from the options, and the legacy template of each
 * from the template itself, so that the two cannot differ in anything but what an old GitLab lacks.
 */
import { parse } from 'yaml';

const yamlText = (text) => JSON.stringify(text);

/** @param {string} text @param {string} name @param {string} body */
export function replaceRegion(text, name, body) {
  const pattern = new RegExp(`( *)# ${name}:start\\n[\\s\\S]*?# ${name}:end`);
  if (!pattern.test(text)) throw new Error(`no region ${name}`);
  return text.replace(pattern, (_match, indent) => {
    const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
    return `${indent}# ${name}:start\n${lines.join('\n')}\n${indent}# ${name}:end`;
  });
}

const isTyped = ({ type }) => type === 'boolean' || type === 'number';

/** `list` says how a list arrives: as an array, or as one text. */
function inputOf(row, list) {
  const lines = [`${row.name}:`];
  const isArray = row.type === 'array' && list === 'array';
  if (isTyped(row) || isArray) lines.push(`  type: ${row.type}`);
  const initial = row.type === 'array' || row.defaultValue === null ? '' : row.defaultValue;
  lines.push(`  default: ${isArray ? '[]' : typeof initial === 'string' ? yamlText(initial) : initial}`);
  if (row.choices !== null) lines.push(`  options: [${row.choices.join(', ')}]`);
  const separators = row.type === 'array' && !isArray ? ' Several are separated by commas or lines.' : '';
  lines.push(`  description: ${yamlText(row.description + separators)}`);
  return lines.join('\n');
}

/** No character that ends or expands a text in double quotes of a shell: the value is written into one. */
const shellSafe = '^[^"$\\\\\\x60]*$';

/**
 * Trigger variables outrank those of a job, so the bot takes its options from its command line. There a list stays a
 * text: GitLab checks no array against a pattern, and an array would bring double quotes into the shell.
 */
function botInput(row) {
  const isText = !isTyped(row) && row.choices === null;
  return isText ? `${inputOf(row, 'text')}\n  regex: ${yamlText(shellSafe)}` : inputOf(row, 'text');
}

function argumentOf(row) {
  const value = `$[[ inputs.${row.name} ]]`;
  return isTyped(row) ? `--${row.name}=${value}` : `--${row.name}="${value}"`;
}

/**
 * An input that is a whole value keeps its type, and GitLab takes no array for a variable, an old one no boolean
 * either. Within a longer text it becomes text: hence `list:`, and the space at the end.
 * Source: lib/gitlab/ci/config/interpolation/template.rb, lib/gitlab/ci/config/entry/variable.rb of GitLab.
 */
function variableOf(row) {
  const value = `$[[ inputs.${row.name} ]]`;
  return `${row.variable}: ${yamlText(row.type === 'array' ? `list:${value}` : isTyped(row) ? `${value} ` : value)}`;
}

/** @param {string} command */
function fromCommandLine(command) {
  return {
    input: botInput,
    variables: () => null,
    command: (rows) =>
      [
        '- >-',
        `  herald ${command} --server="$[[ inputs.server ]]"`,
        ...rows.map((row) => `  ${argumentOf(row)}`),
      ].join('\n'),
  };
}

const parts = {
  report: {
    input: (row) => inputOf(row, 'array'),
    variables: (rows, version) => [`HERALD_COMPONENT_VERSION: ${yamlText(version)}`, ...rows.map(variableOf)],
    command: () => `- herald report --server="$[[ inputs.server ]]"`,
  },
  bot: fromCommandLine('bot'),
  digest: fromCommandLine('digest'),
};

/**
 * The template of a component with its regions filled in.
 *
 * @param {'report' | 'bot' | 'digest'} name
 * @param {string} template
 * @param {{ rows: readonly object[], shield: readonly string[], version: string }} source
 */
export function filledTemplate(name, template, { rows, shield, version }) {
  const { input, variables, command } = parts[name];
  let filled = replaceRegion(template, 'options', rows.map(input).join('\n'));
  const lines = variables(rows, version);
  if (lines !== null) filled = replaceRegion(filled, 'variables', lines.join('\n'));
  return replaceRegion(filled, 'script', [...shield, command(rows)].join('\n'));
}

/** Inputs that the legacy template lacks: GitLab before 16.11 knows no arrays. */
const onlyAsArray = ['artifacts-from'];

/** Text of an input's default where all inputs are texts. */
const legacyDefault = (value) => (Array.isArray(value) ? '' : String(value));

function legacyInput(name, { default: initial, description, options }) {
  const meaning = `${description}${options === undefined ? '' : ` One of: ${options.join(', ')}.`}`;
  const several = Array.isArray(initial) ? ' Several are separated by commas or lines.' : '';
  const input =
    initial === undefined ? `${name}:` : `${name}:\n  default: ${yamlText(legacyDefault(initial))}`;
  return `# ${meaning}${several}\n${input}`;
}

/** What an old GitLab does not know, and what does the same there. Each must be found, or it is forgotten here. */
const replacements = {
  report: [
    [/^ {4}# How the component was included.*\n {4}HERALD_INCLUDED_AS: .*\n/m, ''],
    [
      / {2}# Nothing of other jobs[^]*?dependencies: \$\[\[ inputs\.artifacts-from \]\]/,
      `  # Nothing of other jobs is downloaded, and no variable of their dotenv reports arrives. To change that, name the job in
  # your own file: "herald: { dependencies: [test] }".
  dependencies: []`,
    ],
    [/"list:(\$\[\[ inputs\.[\w-]+ \]\])"/g, '"$1"'],
    [/"(\$\[\[ inputs\.[\w-]+ \]\]) "/g, '"$1"'],
  ],
  bot: [
    // "access" came with 16.11, and GitLab's schema has no "public".
    [
      / {4}# Who the bot worked for[^]*?access: developer/,
      `    # Readers of a public pipeline see who the bot worked for, and when: keep the bot's project private.`,
    ],
    // Without "regex" nothing keeps what a shell expands out of an input: single quotes do.
    [/="(\$\[\[ inputs\.[\w-]+ \]\])"/g, "='$1'"],
  ],
  digest: [
    [
      / {4}# Titles of merge requests[^]*?access: developer/,
      `    # Readers of a public pipeline see titles of merge requests: keep the digest's project private.`,
    ],
    [/="(\$\[\[ inputs\.[\w-]+ \]\])"/g, "='$1'"],
  ],
};

/**
 * The template for GitLab 16.0 to 18.6, and for projects outside of a catalog: for `include: project` with `file`.
 * GitLab 16.0 knows of an input only its `default`: `type` came with 16.3, `description` and `regex` with 16.5,
 * `options` with 16.6, arrays with 16.11, `spec:component` with 18.6. Herald checks the values itself.
 * Source: the history notes of https://docs.gitlab.com/ci/yaml/#spec
 *
 * @param {'report' | 'bot' | 'digest'} name
 * @param {string} template
 * @param {string} version
 */
export function legacyTemplate(name, template, version) {
  const [header, body] = template.split(/^---\n/m);
  const { inputs } = parse(header).spec;
  const kept = Object.entries(inputs).filter(([input]) => !onlyAsArray.includes(input));
  const spec = kept.map(([input, spec]) => legacyInput(input, spec)).join('\n');
  const indented = spec.replace(/^/gm, '    ');
  let old = body;
  for (const [pattern, replacement] of replacements[name]) {
    if (old.search(pattern) === -1) throw new Error(`templates/${name}/template.yml has no ${pattern}`);
    old = old.replace(pattern, replacement);
  }
  return `# Herald's ${name} job for GitLab 16.0 to 18.6, and where there is no CI/CD Catalog. Include it by its project:
#
#   include:
#     - project: my-group/herald
#       ref: ${version}
#       file: templates/${name}/template.legacy.yml
#       inputs: …
#
# "my-group/herald" stands for the project where your instance keeps Herald. All inputs are texts: write "true" in quotes.
# Generated from template.yml by "npm run generate".
spec:
  inputs:
${indented}
---
${old}`;
}
