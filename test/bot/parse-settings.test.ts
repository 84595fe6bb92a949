import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../../src/bot/parse-settings.ts';
import { defaultSettings } from '../../src/bot/settings.ts';
import { UsageError } from '../../src/errors.ts';

const settings = (yaml: string) => parseSettings(parse(yaml) as unknown, 'abc');

function problem(yaml: string): string {
  try {
    settings(yaml);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'none';
}

const rule = (words: string): string => `bot: {rules: [{name: a, on: note, ${words}}]}`;

describe('what is read', () => {
  test.each(['', 'fail-on: new-failures', 'bot:', 'bot: {}'])('%j: the defaults', (yaml) => {
    expect(settings(yaml)).toEqual({ ...defaultSettings, hasFile: true, commit: 'abc' });
  });

  test('everything', () => {
    const { rules, ...rest } = settings(`
fail-on: [new-failures]
bot:
  presets: {welcome: true, reviewers: , stale: false}
  rules:
    - name: mine
      on: [merge_request, issue.opened]
      stop: true
      when: {draft: false, any-of: [{labels: a}, {not: {fork: true}}]}
      do:
        - label: x
          comment: Hello
        - close
      otherwise: {unlabel: x}
  commands:
    prefix: /bot
    disabled: [retry]
    roles: {run: maintainer}
    labels: ['team::*']
  other-bots: [renovate, 77]
  noise: {per-object: 5}
  alerts: {sentry: {labels: [incident], assign: ['@Dora']}}
trail:
  trackers: [{pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}'}]
`);
    expect(rest).toEqual({
      hasFile: true,
      commit: 'abc',
      commands: {
        prefix: '/bot',
        disabled: ['retry'],
        roles: { run: 'maintainer' },
        limits: {},
        labels: ['team::*'],
      },
      trackers: [{ pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}' }],
      otherBots: ['renovate', '77'],
      alerts: [
        {
          name: 'sentry',
          format: 'sentry',
          secretSha256: null,
          fields: null,
          labels: ['incident'],
          assign: ['dora'],
          confidential: true,
          max: 20,
          per: 'alert',
        },
      ],
      noise: { perObject: 5, perHour: 10 },
      releaseNotes: defaultSettings.releaseNotes,
    });
    expect(
      rules.map((one) => [
        one.name,
        one.on,
        one.when.map(({ name }) => name),
        one.do.map(({ name }) => name),
        one.stop,
      ]),
    ).toEqual([
      ['welcome', ['merge_request.opened'], ['first-contribution'], ['comment'], false],
      [
        'reviewers',
        ['merge_request.opened', 'merge_request.reopened', 'merge_request.ready'],
        ['state', 'draft'],
        ['request-review'],
        false,
      ],
      ['mine', ['merge_request', 'issue.opened'], ['draft', 'any-of'], ['comment', 'label', 'close'], true],
    ]);
    expect(rules[2]?.otherwise.map(({ name }) => name)).toEqual(['unlabel']);
  });
});

describe('what is wrong is told with its place and what was meant', () => {
  test.each([
    ['[]', '.herald.yml: must be keys and values, not []'],
    ['bot: 1', '.herald.yml: bot: must be keys and values, not 1'],
    ['bot: {ruls: []}', '.herald.yml: bot: unknown key "ruls"; did you mean "rules"?'],
    ['bot: {rules: {a: 1}}', '.herald.yml: bot.rules: must be a list, not {"a":1}'],
    ['bot: {rules: [{on: note, do: close}]}', '.herald.yml: bot.rules[0].name: is missing'],
    ['bot: {rules: [{name: a, do: close}]}', '.herald.yml: bot.rules[0].on: is missing'],
    [
      'bot: {rules: [{name: a, on: note, do: close}, {name: a, on: note, do: close}]}',
      '.herald.yml: bot.rules[1].name: two rules have the name "a"',
    ],
    [
      'bot: {presets: {welcome: true}, rules: [{name: welcome, on: note, do: close}]}',
      '.herald.yml: bot.rules: "welcome" is already the name of a rule of a ready-made set',
    ],
    [
      'bot: {rules: [{name: a, on: merge_request.opend, do: close}]}',
      '.herald.yml: bot.rules[0].on: unknown event "merge_request.opend"; did you mean "merge_request.opened"?',
    ],
    [
      'bot: {rules: [{name: a, on: [note, pipeline.failing], do: close}]}',
      '.herald.yml: bot.rules[0].on[1]: unknown event "pipeline.failing"; did you mean "pipeline.failed"?',
    ],
    [rule('do: [], otherwise: []'), '.herald.yml: bot.rules[0]: a rule must do something'],
    [rule('do: [closs]'), '.herald.yml: bot.rules[0].do[0]: unknown action "closs"; did you mean "close"?'],
    [rule('do: [label]'), '.herald.yml: bot.rules[0].do[0]: the action label takes a value: "label: …"'],
    [rule('do: [{lable: x}]'), '.herald.yml: bot.rules[0].do[0]: unknown key "lable"; did you mean "label"?'],
    [rule('do: [{}]'), '.herald.yml: bot.rules[0].do[0]: at least one action'],
    [rule("do: {label: 'a,b'}"), '.herald.yml: bot.rules[0].do.label: a label, without commas'],
    [
      rule("do: {comment: 'Hi {autor}'}"),
      '.herald.yml: bot.rules[0].do.comment: unknown placeholder {autor}; did you mean {author}? A backslash before the brace makes it text',
    ],
    [rule('do: {close: false}'), '.herald.yml: bot.rules[0].do.close: true, or the word alone'],
    [
      rule('do: close, when: {lables: x}'),
      '.herald.yml: bot.rules[0].when: unknown key "lables"; did you mean "labels"?',
    ],
    [
      rule('do: close, when: {labels: {anny: x}}'),
      '.herald.yml: bot.rules[0].when.labels: unknown key "anny"; did you mean "any"?',
    ],
    [
      rule('do: close, when: {labels: 12}'),
      '.herald.yml: bot.rules[0].when.labels: a glob, a list of globs, or any, all and none with globs',
    ],
    [
      rule("do: close, when: {labels: ''}"),
      '.herald.yml: bot.rules[0].when.labels: an empty glob matches nothing',
    ],
    [
      rule("do: close, when: {labels: '[z-a]'}"),
      '.herald.yml: bot.rules[0].when.labels: not a valid glob: check the square brackets',
    ],
    [
      rule('do: close, when: {draft: maybe}'),
      '.herald.yml: bot.rules[0].when.draft: must be true or false, not "maybe"',
    ],
    [
      rule('do: close, when: {state: open}'),
      '.herald.yml: bot.rules[0].when.state: one of opened, closed, locked, merged',
    ],
    [
      rule('do: close, when: {role: developr}'),
      '.herald.yml: bot.rules[0].when.role: one of guest, planner, reporter, security_manager, developer, maintainer, owner; did you mean "developer"?',
    ],
    [rule('do: close, when: {size: {}}'), '.herald.yml: bot.rules[0].when.size: at-least or below something'],
    [
      rule('do: close, when: {age: 3 fortnights}'),
      '.herald.yml: bot.rules[0].when.age: a time such as "30 days", "2 weeks" or "12 hours"',
    ],
    [rule("do: close, when: {title: '(a+)+$'}"), 'none'],
    [
      rule("do: close, when: {title: 'a(?=b)'}"),
      '.herald.yml: bot.rules[0].when.title: the pattern looks ahead or behind; `none` does the same in most cases',
    ],
    [
      rule("do: close, when: {title: [ok, '(a']}"),
      '.herald.yml: bot.rules[0].when.title[1]: not a valid regular expression: /(a/: Unterminated group',
    ],
    [rule("do: close, when: {title: '/a/g'}"), 'none'],
    [
      rule('do: close, when: {not: {titel: a}}'),
      '.herald.yml: bot.rules[0].when.not: unknown key "titel"; did you mean "title"?',
    ],
    [rule('do: close, when: {not: {}}'), '.herald.yml: bot.rules[0].when.not: at least one condition'],
    [
      rule('do: close, when: {any-of: [{draft: true}, {drafft: true}]}'),
      '.herald.yml: bot.rules[0].when.any-of[1]: unknown key "drafft"; did you mean "draft"?',
    ],
    [
      'bot: {presets: {welcom: true}}',
      '.herald.yml: bot.presets: unknown key "welcom"; did you mean "welcome"?',
    ],
    [
      'bot: {presets: {stale: {warn-aftr: 1 day}}}',
      '.herald.yml: bot.presets.stale: unknown key "warn-aftr"; did you mean "warn-after"?',
    ],
    [
      'bot: {presets: {stale: {warn-after: soon}}}',
      '.herald.yml: bot.presets.stale.warn-after: a time such as "30 days" or "4 weeks"',
    ],
    ['bot: {presets: {stale: 30}}', '.herald.yml: bot.presets.stale: true, false, or settings'],
    ['bot: {presets: {path-labels: true}}', '.herald.yml: bot.presets.path-labels.labels: is required'],
    [
      "bot: {presets: {welcome: {text: 'Hi {autor}'}}}",
      '.herald.yml: bot.presets.welcome[0].do[0].comment.text: unknown placeholder {autor}; did you mean {author}? A backslash before the brace makes it text',
    ],
    [
      'bot: {commands: {prefix: herald}}',
      '.herald.yml: bot.commands.prefix: a slash and lower-case letters, such as /herald',
    ],
    [
      'bot: {commands: {retri: {code-owners: true}}}',
      '.herald.yml: bot.commands: unknown key "retri"; did you mean "retry"?',
    ],
    [
      'bot: {commands: {retry: {groups: [a b]}}}',
      '.herald.yml: bot.commands.retry.groups[0]: the full path of a group, such as acme/ci',
    ],
    [
      "bot: {commands: {retry: {groups: ['71']}}}",
      '.herald.yml: bot.commands.retry.groups[0]: the full path of a group, such as acme/ci',
    ],
    [
      'bot: {commands: {roles: {retri: developer}}}',
      '.herald.yml: bot.commands.roles.retri: unknown command "retri"; did you mean "retry"?',
    ],
    [
      'bot: {commands: {disabled: [rety]}}',
      '.herald.yml: bot.commands.disabled[0]: unknown command "rety"; did you mean "retry"?',
    ],
    ['bot: {noise: {per-hour: 0}}', '.herald.yml: bot.noise.per-hour: must be at least 1'],
  ])('%s', (yaml, expected) => {
    expect(problem(yaml)).toBe(expected);
  });

  test.each([
    rule('do: close, when: {__proto__: 1}'),
    rule('do: close, when: {constructor: 1}'),
    rule('do: [{toString: 1}]'),
    'bot: {presets: {hasOwnProperty: true}}',
    'bot: {commands: {roles: {constructor: developer}}}',
    rule("do: {comment: '{constructor}'}"),
    rule('do: [constructor]'),
  ])('names of every object are no keys: %s', (yaml) => {
    expect(problem(yaml)).toMatch(/^\.herald\.yml: bot\..*(?:unknown|there is no)/);
  });

  test('ten problems are told, the others counted', () => {
    const many = `bot: {rules: [${Array.from({ length: 14 }, () => '{name: 1, on: note, do: close}').join(', ')}]}`;
    expect(problem(many).split('\n')).toHaveLength(11);
    expect(problem(many)).toMatch(/\nand 4 more problems$/);
  });

  test('whatever the file holds, there are settings or words about it', () => {
    const words = fc.constantFrom(
      'bot',
      'rules',
      'presets',
      'name',
      'on',
      'do',
      'when',
      'labels',
      'not',
      'any-of',
      'any',
      'comment',
      'text',
      'stale',
      '__proto__',
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        fc.oneof(words, fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(words, tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, (bot) => {
        try {
          expect(parseSettings({ bot }, null).rules).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
