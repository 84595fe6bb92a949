import { describe, expect, test } from 'vitest';
import { loadOptions } from '../../src/config/load.ts';
import { reportOptions } from '../../src/config/report-options.ts';
import { setupOptions } from '../../src/config/setup-options.ts';
import type { Files } from '../../src/io/port.ts';

function filesWith(content: Readonly<Record<string, string>>): Files {
  return {
    readText: (path) => Promise.resolve(content[path] ?? null),
    find: () => Promise.reject(new Error('not asked')),
    read: () => {
      throw new Error('not asked');
    },
    write: () => Promise.reject(new Error('not asked')),
  };
}

function load(sources: {
  flags?: Record<string, unknown>;
  variables?: Record<string, string>;
  file?: string;
}) {
  return loadOptions(reportOptions, {
    flags: sources.flags ?? {},
    variables: sources.variables ?? {},
    files: filesWith(sources.file === undefined ? {} : { '.herald.yml': sources.file }),
  });
}

test('what the bot does in the project is no option, and is left to the bot', async () => {
  const { options } = await load({ file: 'key: from-file\nbot:\n  presets: {welcome: true}\n' });
  expect(options.key).toBe('from-file');
  await expect(load({ file: 'bott: {}' })).rejects.toThrow(
    '.herald.yml:1:1: unknown key "bott"; did you mean "bot"?',
  );
});

test('what the bot does in the project is not the option of setup that makes one', async () => {
  const files = filesWith({ '.herald.yml': 'bot:\n  presets: {welcome: true}\n' });
  const { options } = await loadOptions(setupOptions, { flags: {}, variables: {}, files });
  expect(options.bot).toBe(false);
});

describe('precedence', () => {
  const file = 'key: from-file\nfail-on: [failures]\n';

  test('the file wins over the default', async () => {
    const { options, provenance } = await load({ file });
    expect(options.key).toBe('from-file');
    expect(options.failOn).toEqual(['failures']);
    expect(provenance['key']).toEqual({ kind: 'file', path: '.herald.yml', line: 1, column: 1 });
    expect(provenance['failOn']).toMatchObject({ line: 2 });
    expect(provenance['status']).toEqual({ kind: 'default' });
  });

  test('a variable wins over the file', async () => {
    const { options, provenance } = await load({ file, variables: { HERALD_KEY: 'from-variable' } });
    expect(options.key).toBe('from-variable');
    expect(provenance['key']).toEqual({ kind: 'variable', name: 'HERALD_KEY' });
  });

  test('a flag wins over a variable', async () => {
    const { options, provenance } = await load({
      file,
      variables: { HERALD_KEY: 'x' },
      flags: { key: 'from-flag' },
    });
    expect(options.key).toBe('from-flag');
    expect(provenance['key']).toEqual({ kind: 'flag', name: '--key' });
  });

  test('an empty variable counts as not set', async () => {
    const { options } = await load({ file, variables: { HERALD_KEY: '' } });
    expect(options.key).toBe('from-file');
  });

  test('inside the component an input left at its default does not override the file', async () => {
    const component = { HERALD_COMPONENT: 'report', HERALD_STATUS: 'true', HERALD_KEY: 'report' };
    const { options } = await load({ file: 'status: false\nkey: backend\n', variables: component });
    expect(options).toMatchObject({ status: 'none', key: 'backend' });
  });

  test('inside the component an input with another value does', async () => {
    const component = { HERALD_COMPONENT: 'report', HERALD_STATUS: 'false', HERALD_KEY: 'web' };
    const { options } = await load({ file: 'status: true\nkey: backend\n', variables: component });
    expect(options).toMatchObject({ status: 'none', key: 'web' });
  });
});

describe('values', () => {
  test.each([
    { name: 'commas', text: 'a.xml, b.xml', list: ['a.xml', 'b.xml'] },
    { name: 'lines', text: 'a.xml\n  b.xml\n', list: ['a.xml', 'b.xml'] },
    {
      name: 'a comma inside braces belongs to the glob',
      text: '**/*.{xml,json},c.info',
      list: ['**/*.{xml,json}', 'c.info'],
    },
  ])('a list is split at $name', async ({ text, list }) => {
    const { options } = await load({ variables: { HERALD_REPORTS: text } });
    expect(options.reports).toEqual(list);
  });

  test.each(['yes', 'TRUE', '1', 'on'])('%s is true', async (text) => {
    const { options } = await load({ variables: { HERALD_STRICT: text } });
    expect(options.strict).toBe(true);
  });

  test('a text that is no number names its variable', async () => {
    await expect(load({ variables: { HERALD_MAX_CHARACTERS: 'many' } })).rejects.toThrow(
      'HERALD_MAX_CHARACTERS is "many", but it must be a number',
    );
  });

  test('a value outside the choices names the option, where it came from and the choices', async () => {
    await expect(load({ file: 'comment: sometimes\n' })).rejects.toThrow(
      '.herald.yml:1:10: comment: "sometimes" is not possible; one of always, changes, failures, errors, never',
    );
  });
});

describe('the configuration file', () => {
  test('an unknown key suggests the nearest one', async () => {
    await expect(load({ file: 'key: a\nfail_on: failures\n' })).rejects.toThrow(
      '.herald.yml:2:1: unknown key "fail_on"; did you mean "fail-on"?',
    );
  });

  test('broken YAML says where', async () => {
    await expect(load({ file: 'key: [a\n' })).rejects.toThrow(/^\.herald\.yml:2:1: not valid YAML: /);
  });

  test('a file that holds a list instead of keys is refused', async () => {
    await expect(load({ file: '- a\n' })).rejects.toThrow('.herald.yml:1:1: must hold keys and values');
  });

  test('an empty file is no configuration', async () => {
    expect((await load({ file: '' })).options.key).toBe('report');
  });

  test('a file that was named must exist', async () => {
    await expect(load({ flags: { config: 'other.yml' } })).rejects.toThrow(
      'configuration file other.yml does not exist',
    );
  });

  test('aliases cannot blow up the memory', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, index) => {
        const previous = 'abcdefgh'.charAt(index);
        return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${previous}`).join(',')}]`;
      }),
    ].join('\n');
    await expect(load({ file: bomb })).rejects.toThrow(/\.herald\.yml/);
  });
});

describe('settings of sections', () => {
  test('are read from the file', async () => {
    const { options, provenance } = await load({
      file: 'order: findings, failed-tests\nhide: [metrics]\nsections:\n  findings: { title: Lint, max: 3 }\n  failed-tests: { collapse: true }\n',
    });
    expect(options.order).toEqual(['findings', 'failed-tests']);
    expect(options.hide).toEqual(['metrics']);
    expect(options.sections).toEqual({
      findings: { title: 'Lint', max: 3 },
      'failed-tests': { collapse: true },
    });
    expect(provenance['sections']).toMatchObject({ kind: 'file', line: 3 });
  });

  test.each([
    [
      'a section that does not exist',
      'sections: { finding: { max: 1 } }',
      /^\.herald\.yml:1:13: sections: unknown key "finding"; did you mean "findings"\?/,
    ],
    [
      'a setting that does not exist',
      'sections: { findings: { maxi: 1 } }',
      /^\.herald\.yml:1:25: sections\.findings: unknown key "maxi"; did you mean "max"\?/,
    ],
    [
      'a setting of the wrong type',
      'sections: { findings: { max: many } }',
      /^\.herald\.yml:1:30: sections\.findings\.max: must be a number, not "many"$/,
    ],
    [
      'a placeholder in the text of a section that does not exist',
      'sections: { findings: { text: "{section} {finding}" } }',
      /^\.herald\.yml:1:31: sections\.findings\.text: unknown placeholder \{finding\}; did you mean \{findings\}\?/,
    ],
    [
      'a text that another option is for',
      'sections: { footer: { text: "a" } }',
      /^\.herald\.yml:1:29: sections\.footer\.text: use the option "footer" instead/,
    ],
    [
      'a page about Herald that is no page',
      'about: javascript:alert(1)',
      /^\.herald\.yml:1:8: about: must be an address that begins with https:\/\/ or http:\/\//,
    ],
    [
      'a name in a list',
      'order: [failed-test]',
      /^\.herald\.yml:1:9: order\[0\]: "failed-test" is not possible; did you mean "failed-tests"\?/,
    ],
    [
      'a language there is not',
      'language: fr',
      /^\.herald\.yml:1:11: language: "fr" is not possible; one of en, de$/,
    ],
    [
      'a placeholder that does not exist',
      'headline: "{verdikt}: {tests}"',
      /^\.herald\.yml:1:11: headline: unknown placeholder \{verdikt\}; did you mean \{verdict\}\?/,
    ],
    ['a placeholder nothing is near of', 'headline: "{zzzzzz}"', /known are \{verdict\}, /],
  ])('%s is an error that tells what was meant', async (_why, file, message) => {
    await expect(load({ file })).rejects.toThrow(message);
  });

  test('cannot be a variable', async () => {
    await expect(load({ variables: { HERALD_SECTIONS: 'x' } })).rejects.toThrow(
      /HERALD_SECTIONS: sections has keys of its own and can only be set in \.herald\.yml/,
    );
  });
});

describe('a problem is said once, in plain words, with its place', () => {
  test.each([
    ['a number as text', 'title: 2024', '.herald.yml:1:8: title: must be text, not 2024; put it in quotes'],
    ['a list for one value', 'key: [a]', '.herald.yml:1:6: key: must be text, not ["a"]'],
    ['half an item', 'max-inline: 1.5', '.herald.yml:1:13: max-inline: must be a whole number, not 1.5'],
    ['too few', 'max-inline: 0', '.herald.yml:1:13: max-inline: must be at least 1'],
    ['too many', 'max-inline: 101', '.herald.yml:1:13: max-inline: must be at most 100'],
    ['too long', `title: ${'a'.repeat(201)}`, '.herald.yml:1:8: title: must have at most 200 characters'],
    ['a text for yes or no', 'strict: maybe', '.herald.yml:1:9: strict: must be true or false, not "maybe"'],
    [
      'a name with spaces',
      'key: a b',
      '.herald.yml:1:6: key: must be a name of up to 64 letters, digits, dots, dashes and underscores, not "a b"',
    ],
    [
      'a list for keys',
      'label-rules: [a]',
      '.herald.yml:1:14: label-rules: must be keys and values, not ["a"]',
    ],
    [
      'all of them, in the order of the file and of the options',
      'zzzzzzzz: 1\nstrict: maybe\nhides: [metrics]\n',
      /^\.herald\.yml:1:1: unknown key "zzzzzzzz"; docs\/reference\/options\.md lists the keys\n\.herald\.yml:3:1: unknown key "hides"; did you mean "hide"\?\n\.herald\.yml:2:9: strict: must be/,
    ],
    [
      'a value on a line of its own',
      'reports:\n  - a.xml\nhide:\n  - metrics\n  - metriks\n',
      '.herald.yml:5:5: hide[1]: "metriks" is not possible; did you mean "metrics"?',
    ],
  ])('%s', async (_name, file, message) => {
    const error: unknown = await load({ file }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ exitCode: 2 });
    const { message: said } = error as Error;
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
    expect(said).not.toMatch(/invalid|expected|received|ZodError/i);
  });

  test.each([
    ['a flag', { flags: { detail: 'norml' } }, '--detail: "norml" is not possible; did you mean "normal"?'],
    [
      'a variable',
      { variables: { HERALD_DETAIL: 'norml' } },
      'HERALD_DETAIL: "norml" is not possible; did you mean "normal"?',
    ],
    [
      'an input of the component',
      { variables: { HERALD_DETAIL: 'norml', HERALD_COMPONENT: 'report' } },
      'input detail (HERALD_DETAIL): "norml" is not possible; did you mean "normal"?',
    ],
  ])('of %s', async (_name, sources, message) => {
    await expect(load(sources)).rejects.toMatchObject({ message });
  });
});
