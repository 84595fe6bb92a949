import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../src/io/log.ts';
import type { Log } from '../../src/io/port.ts';

const secret = 'glpat-SECRET+secret/1';

function logWith(options: Partial<LogOptions>): { log: Log; text: () => string } {
  let written = '';
  const log = createLog({
    level: 'info',
    format: 'text',
    color: false,
    ci: false,
    secrets: [secret],
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    stream: (text) => {
      written += text;
    },
    ...options,
  });
  return { log, text: () => written };
}

describe('text', () => {
  test('a line has the word of its level, none for information', () => {
    const { log, text } = logWith({ level: 'debug' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(text()).toBe('debug: a\nb\nwarning: c\nerror: d\n');
  });

  test.each([
    { level: 'debug', lines: 4 },
    { level: 'info', lines: 3 },
    { level: 'warn', lines: 2 },
    { level: 'error', lines: 1 },
  ] as const)('level $level writes $lines of the four', ({ level, lines }) => {
    const { log, text } = logWith({ level });
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each]('x');
    expect(text().split('\n')).toHaveLength(lines + 1);
  });

  test('fields follow the message', () => {
    const { log, text } = logWith({});
    log.info('done', { attempt: 6, url: 'a b', ok: true, none: null });
    expect(text()).toBe('done attempt=6 url="a b" ok=true none=null\n');
  });

  test('colour wraps a line whole, and only where it is allowed', () => {
    const { log, text } = logWith({ color: true });
    log.warn('careful');
    log.info('plain');
    expect(text()).toBe('\u001b[33mwarning: careful\u001b[0m\nplain\n');
  });

  test('control characters of strangers are shown, further lines are indented', () => {
    const { log, text } = logWith({});
    log.info('a\r\u001b[0Ksection_start:1:x\r\u001b[0Kb\nerror: forged\u202e');
    expect(text()).toBe('a\\u000d\\u001b[0Ksection_start:1:x\\u000d\\u001b[0Kb\n  error: forged\\u202e\n');
  });

  test('control characters in fields are shown too', () => {
    const { log, text } = logWith({});
    log.info('x', { path: 'a\u009b\rb' });
    expect(text()).toBe('x path="a\\u009b\\rb"\n');
  });

  test('a message that is far too long is cut after it was masked', () => {
    const { log, text } = logWith({});
    log.info(`${'a'.repeat(15_990)}${secret}${'b'.repeat(100_000)}`);
    expect(text()).not.toContain('glpat');
    expect(text()).toMatch(/a\[MASKED\]bb … \(\d+ more characters\)\n$/);
  });
});

describe('JSON', () => {
  test('a line is one object with time, level, message and the fields', () => {
    const { log, text } = logWith({ format: 'json' });
    log.warn('first\nsecond', { status: 404 });
    expect(text()).toBe(
      '{"time":"2026-01-02T03:04:05.678Z","level":"warn","message":"first\\nsecond","status":404}\n',
    );
  });

  test('what a line is about is for programs only', () => {
    const about = {
      event: 'merge_request.opened',
      action: 'label',
      project: 'shop/till',
      object: '!7',
      delivery: '9',
    };
    const json = logWith({ format: 'json' });
    json.log.info('m', about);
    expect(JSON.parse(json.text())).toMatchObject(about);
    const plain = logWith({});
    plain.log.info('m', { ...about, attempt: 1 });
    expect(plain.text()).toMatch(/m attempt=1\n$/);
  });

  test('a field cannot take the place of the level', () => {
    const { log, text } = logWith({ format: 'json' });
    log.error('m', { level: 'info', message: 'other', time: 'never' });
    expect(JSON.parse(text())).toEqual({ time: '2026-01-02T03:04:05.678Z', level: 'error', message: 'm' });
  });

  test('any message gives one line that is JSON and says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, field) => {
        const { log, text } = logWith({ format: 'json' });
        log.info(message, { field });
        expect(text().indexOf('\n')).toBe(text().length - 1);
        expect(JSON.parse(text())).toMatchObject({ message, field });
      }),
    );
  });
});

describe('secrets', () => {
  test.each(['text', 'json'] as const)(
    'are masked in messages, fields and stacks of the %s log',
    (format) => {
      const { log, text } = logWith({ format });
      log.info(`with ${secret}`, { url: `https://x/${encodeURIComponent(secret)}` });
      log.error(new Error(secret).stack ?? '');
      expect(text()).not.toMatch(/glpat|SECRET/);
      expect(text().match(/\[MASKED\]/g)).toHaveLength(3);
    },
  );

  test('are masked in the title and the name of a section', async () => {
    const { log, text } = logWith({ ci: true });
    await log.section(secret, () => Promise.resolve());
    expect(text()).not.toMatch(/glpat|secret/i);
  });
});

describe('sections', () => {
  const marker = (kind: string, name: string): string =>
    `\u001b[0Ksection_${kind}:1767323045:${name}\r\u001b[0K`;

  test('a job log gets markers around the work, and the result comes through', async () => {
    const { log, text } = logWith({ ci: true });
    const result = await log.section('Reading 2 reports', () => {
      log.info('inside');
      return Promise.resolve(42);
    });
    expect(result).toBe(42);
    expect(text()).toBe(
      `${marker('start', 'herald_reading_2_reports_1[collapsed=true]')}Reading 2 reports\ninside\n${marker('end', 'herald_reading_2_reports_1')}\n`,
    );
  });

  test('sections of one title in each other have names of their own and close from the inside', async () => {
    const { log, text } = logWith({ ci: true });
    await log.section('Same', () => log.section('Same', () => Promise.resolve()));
    const names = [...text().matchAll(/section_(start|end):\d+:(\w+)/g)].map(
      ([, kind, name]) => `${kind} ${name}`,
    );
    expect(names).toEqual([
      'start herald_same_1',
      'start herald_same_2',
      'end herald_same_2',
      'end herald_same_1',
    ]);
  });

  test('a section ends when its work fails, and the error goes on', async () => {
    const { log, text } = logWith({ ci: true });
    await expect(log.section('Bad', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(text()).toContain('section_end:1767323045:herald_bad_1\r');
  });

  test('names are made of what GitLab allows, whatever the title is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (title) => {
        const { log, text } = logWith({ ci: true, secrets: [] });
        await log.section(title, () => Promise.resolve());
        expect(text()).toMatch(
          /^\u001b\[0Ksection_start:\d+:[a-zA-Z0-9_.-]+\[collapsed=true\]\r\u001b\[0K[^\r\n\u001b]*\n\u001b\[0Ksection_end:\d+:[a-zA-Z0-9_.-]+\r\u001b\[0K\n$/u,
        );
      }),
    );
  });

  test.each([
    { name: 'outside of a job log', options: { ci: false } },
    { name: 'in a JSON log', options: { ci: true, format: 'json' } },
    { name: 'where information is not written', options: { ci: true, level: 'warn' } },
  ] as const)('there are none $name', async ({ options }) => {
    const { log, text } = logWith(options);
    expect(await log.section('Title', () => Promise.resolve('done'))).toBe('done');
    expect(text()).toBe('');
  });
});

test('no message starts a section or holds a carriage return', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('\r', '\n', '\u001b[0K', 'section_start:1:a', '\u009b0K', '\u0085', '\u2028', 'x'),
      ),
      (parts) => {
        const { log, text } = logWith({ ci: true });
        log.warn(parts.join(''));
        expect(text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(text()).not.toMatch(/^section_/m);
      },
    ),
  );
});
