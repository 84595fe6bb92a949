import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/bot/commands/registry.ts';
import { actionSpecs } from '../../src/bot/rules/actions/registry.ts';
import { conditionSpecs } from '../../src/bot/rules/conditions/registry.ts';
import { eventNames } from '../../src/bot/rules/event-names.ts';
import { presets } from '../../src/bot/rules/presets/registry.ts';
import { gates } from '../../src/compare/gates.ts';
import { optionRows } from '../../src/config/option-row.ts';
import { optionsByCommand } from '../../src/config/options.ts';
import { type SectionId, sectionIds } from '../../src/model/section-id.ts';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { formats } from '../../src/reports/registry.ts';
import { allSituations } from '../render/situations-of-layout.ts';
import {
  missingFixtures,
  missingRows,
  missingTrials,
  missingWords,
  type Page,
  type Repository,
  type Trial,
} from './missing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const repository: Repository = {
  list: (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
  read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''),
};

const botTests = repository
  .list('test/usecases/bot')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/usecases/bot/${name}`);

interface Registry {
  readonly what: string;
  readonly names: readonly string[];
  readonly page: Page;
  readonly trial: Trial;
}

const rowOf = (name: string): string => `| \`${name}`;
const written = `['"]`;

const registries: readonly Registry[] = [
  {
    what: 'command',
    names: commands.map(({ name }) => name),
    page: { path: 'docs/reference/commands.md', begins: rowOf },
    trial: {
      paths: ['test/usecases/bot/commands.test.ts', ...botTests],
      before: `says: ${written}|/herald `,
      what: (name) => `what "/herald ${name}" does, and for whom it refuses,`,
    },
  },
  {
    what: 'gate',
    names: gates.map(({ name }) => name),
    page: { path: 'docs/reference/gates.md', begins: rowOf },
    trial: {
      paths: ['test/compare/gates.test.ts'],
      before: `condition: ${written}`,
      what: (name) => `a case of ${name} that fails and one that passes`,
    },
  },
  {
    what: 'condition of rules',
    names: conditionSpecs.map(({ key }) => key),
    page: { path: 'docs/reference/rules.md', begins: rowOf },
    trial: {
      paths: ['test/bot/rules/conditions.test.ts'],
      before: written,
      what: (name) => `a line in which "${name}:" holds and one in which it does not`,
    },
  },
  {
    what: 'action of rules',
    names: actionSpecs.map(({ key }) => key),
    page: { path: 'docs/reference/rules.md', begins: rowOf },
    trial: {
      paths: ['test/bot/rules/actions.test.ts'],
      before: written,
      what: (name) => `what "${name}" plans, and that it plans nothing that is so already,`,
    },
  },
  {
    what: 'preset',
    names: presets.map(({ name }) => name),
    page: { path: 'docs/reference/rules.md', begins: (name) => `### ${name}` },
    trial: {
      paths: ['test/bot/rules/presets.test.ts'],
      before: written,
      what: (name) => `situations in which the set ${name} acts and in which it does not`,
    },
  },
  {
    what: 'event of rules',
    names: eventNames.map(({ name }) => name),
    page: { path: 'docs/reference/rules.md', begins: rowOf },
    trial: {
      paths: ['test/bot/occurrence.test.ts', ...botTests],
      before: written,
      what: (name) => `a payload that makes ${name} happen`,
    },
  },
];

describe('anyone who adds something learns which file is missing', () => {
  test('every format has a report to read, beside what is to be read from it', () => {
    expect(
      missingFixtures(
        formats.map(({ format }) => format),
        repository,
      ),
    ).toEqual([]);
  });

  test.each(registries)('every $what has a line in the reference', ({ names, page }) => {
    expect(names.length).toBeGreaterThan(5);
    expect(missingRows(names, page, repository)).toEqual([]);
  });

  test.each(registries)('every $what is tried', ({ names, trial }) => {
    expect(missingTrials(names, trial, repository)).toEqual([]);
  });

  test.each(Object.entries(optionsByCommand))(
    'every option of herald %s explains itself',
    (command, schema) => {
      expect(missingWords(command, optionRows(schema))).toEqual([]);
    },
  );
});

describe('every section of the comment is seen in a golden file', () => {
  const shown = Object.entries(allSituations).filter(([name]) =>
    repository.list('test/render/golden').includes(`${name}.golden.md`),
  );

  function isSeen(section: SectionId): boolean {
    return shown.some(([, { summary, words, layout, maxCharacters }]) => {
      const options = { title: null, maxCharacters, version: '1.0.0' };
      const rendered = (hide: readonly SectionId[]): string =>
        renderMarkdown(commentDocument(summary, words, { ...options, layout: { ...layout, hide } }));
      return rendered(layout.hide) !== rendered([...layout.hide, section]);
    });
  }

  test.each(sectionIds)('%s', (section) => {
    const advice = `add a situation that shows "${section}" to test/render/situations.ts, and its file to test/render/golden/`;
    expect(isSeen(section), advice).toBe(true);
  });
});

describe('these checks find what is missing', () => {
  const files: Readonly<Record<string, string>> = {
    'test/fixtures/reports/known/a.xml': '',
    'test/fixtures/reports/known/a.expected.json': '',
    'test/fixtures/reports/half/a.xml': '',
    'docs/page.md': '| `known [x]` | yes |\n| `label-more` | |\n',
    'test/a.test.ts': "says: 'known'\nsays: 'label-more'",
  };
  const small: Repository = {
    list: (folder) =>
      Object.keys(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    read: (path) => files[path] ?? '',
  };

  test('a format without a report, and a report without what is to be read', () => {
    expect(missingFixtures(['known', 'half', 'novel'], small)).toEqual([
      'test/fixtures/reports/half/a.xml: write by hand what is to be read from it into test/fixtures/reports/half/a.expected.json',
      'novel: put a small report, written from the specification, into test/fixtures/reports/novel/<what-it-shows>.<extension>',
    ]);
  });

  test('a name without a line, even where a longer name has one', () => {
    expect(missingRows(['known', 'label'], { path: 'docs/page.md', begins: rowOf }, small)).toEqual([
      'label: run "npm run generate", which writes its line into docs/page.md',
    ]);
  });

  test('a name that no test tries', () => {
    const trial = { paths: ['test/a.test.ts'], before: `says: ${written}`, what: () => 'a case' };
    expect(missingTrials(['known', 'label'], trial, small)).toEqual(['label: add a case to test/a.test.ts']);
  });

  test('an option without its words', () => {
    const option = {
      name: 'x',
      type: 'string',
      choices: null,
      defaultValue: null,
      example: null,
      input: true,
    };
    expect(missingWords('report', [{ ...option, description: '' }])).toEqual([
      'herald report --x: add a description that is a sentence to its .meta({ … }) in src/config/',
      'herald report --x: add an example to its .meta({ … }) in src/config/',
    ]);
  });
});
