import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createXmlReader } from '../../../src/reports/xml/reader.ts';

/** What a reader tells, one line each: `<name a="1" #depth`, `</name "text"`, `!warning`. */
function eventsOf(
  chunks: Iterable<Uint8Array>,
  asked: readonly string[],
  maxCharacters = 1_000,
): readonly string[] {
  const events: string[] = [];
  const reader = createXmlReader(
    {
      open(element) {
        const attributes = asked.flatMap((name) => {
          const value = element.attribute(name);
          return value === null ? [] : [` ${name}=${JSON.stringify(value)}`];
        });
        events.push(`<${element.name}${attributes.join('')} #${element.depth}`);
        element.keepText(maxCharacters);
      },
      close(name, text) {
        events.push(text === '' ? `</${name}` : `</${name} ${JSON.stringify(text)}`);
      },
      end() {
        events.push('end');
      },
    },
    {
      warn: (message) => {
        events.push(`!${message}`);
      },
      incomplete: (message) => {
        events.push(`!${message}`);
      },
    },
  );
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return events;
}

const asked = ['a', 'b', 'name', 'x-y', '__proto__', 'constructor'];

function eventsOfText(text: string): readonly string[] {
  return eventsOf([Buffer.from(text)], asked);
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    // A copy that is spoilt afterwards: the reader must not look at a chunk again.
    const chunk = Uint8Array.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0x3c);
    at += size;
  }
}

describe('the XML reader', () => {
  test.each([
    {
      name: 'elements, attributes and text',
      xml: '<r a="1"><c>t</c></r>',
      events: ['<r a="1" #0', '<c #1', '</c "t"', '</r', 'end'],
    },
    {
      name: 'empty elements',
      xml: '<r><c/><c a="1"/><c a=1/></r>',
      events: ['<r #0', '<c #1', '</c', '<c a="1" #1', '</c', '<c a="1/" #1', '</c', '</r', 'end'],
    },
    {
      name: 'text around children is one text',
      xml: '<r>a<c>x</c>b</r>',
      events: ['<r #0', '<c #1', '</c "x"', '</r "ab"', 'end'],
    },
    {
      name: 'the five entities and numeric ones are resolved',
      xml: '<r a="&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#128512;">&lt;</r>',
      events: ['<r a="<>&\\"\'AA😀" #0', '</r "<"', 'end'],
    },
    {
      name: 'what is no reference stays as it is written',
      xml: '<r a="a & b &c; &#; &#xZ; &#0; &#xD800; &#9999999; &amp &">&lt</r>',
      events: ['<r a="a & b &c; &#; &#xZ; &#0; &#xD800; &#9999999; &amp &" #0', '</r "&lt"', 'end'],
    },
    {
      name: 'CDATA is taken verbatim',
      xml: '<r>&lt;<![CDATA[<c>&lt;]] >]]]]><![CDATA[>]]></r>',
      events: ['<r #0', '</r "<<c>&lt;]] >]]>"', 'end'],
    },
    {
      name: 'comments, instructions and a DOCTYPE are skipped',
      xml: '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "<c/>">]><!-- <c/> --><r><?p <c/>?>a<!-- -- -->b</r>',
      events: ['<r #0', '</r "ab"', 'end'],
    },
    {
      name: 'raw < and > in values are kept',
      xml: '<r a="1 < 2 > 0" b=\'"\'/>',
      events: ['<r a="1 < 2 > 0" b="\\"" #0', '</r', 'end'],
    },
    {
      name: 'a < that begins nothing is text',
      xml: '<r>1 < 2 <3 << <</r>',
      events: ['<r #0', '</r "1 < 2 <3 << <"', 'end'],
    },
    {
      name: 'values without quotes, names without values',
      xml: '<r a=1 b name = x x-y=>',
      events: [
        '<r a="1" b="" name="x" x-y="" #0',
        '!the file is cut off inside <r>; Herald uses the part before that',
        '</r',
        'end',
      ],
    },
    {
      name: 'of an attribute written twice the first counts',
      xml: '<r a="1" a="2"/>',
      events: ['<r a="1" #0', '</r', 'end'],
    },
    {
      name: 'stray quotes and slashes are left out',
      xml: '<r "a="1" / b="2\'"/>',
      events: ['<r a="1" b="2\'" #0', '</r', 'end'],
    },
    {
      name: 'prefixes are dropped, declarations are no attributes',
      xml: '<p:r xmlns:a="u" p:b="1"><p:c></p:c></p:r>',
      events: ['<r b="1" #0', '<c #1', '</c', '</r', 'end'],
    },
    {
      name: 'names of the language are names',
      xml: '<__proto__ constructor="1" __proto__="2"/>',
      events: ['<__proto__ __proto__="2" constructor="1" #0', '</__proto__', 'end'],
    },
    {
      name: 'line ends become line feeds',
      xml: '<r a="1\r\n2">3\r4\r\n5<![CDATA[\r\n]]></r>',
      events: ['<r a="1\\n2" #0', '</r "3\\n4\\n5\\n"', 'end'],
    },
    {
      name: 'control characters are kept',
      xml: '<r a="\u001b[0m">\u0000</r>',
      events: ['<r a="\\u001b[0m" #0', '</r "\\u0000"', 'end'],
    },
    {
      name: 'an end tag of an outer element closes those inside',
      xml: '<r><c><d>t</r>',
      events: [
        '<r #0',
        '<c #1',
        '<d #2',
        '</d "t"',
        '</c',
        '</r',
        '!end tags that close nothing or the wrong element: 1',
        'end',
      ],
    },
    {
      name: 'an end tag of nothing is ignored',
      xml: '</x><r></y>t</r ></r>',
      events: ['<r #0', '</r "t"', '!end tags that close nothing or the wrong element: 3', 'end'],
    },
    {
      name: 'several roots and junk around them',
      xml: 'junk<a/>more<b>t</b>',
      events: ['<a #0', '</a', '<b #0', '</b "t"', 'end'],
    },
    {
      name: 'a file cut off in a tag',
      xml: '<r><c a="1"/><c a="2',
      events: [
        '<r #0',
        '<c a="1" #1',
        '</c',
        '!the file is cut off inside <r>; Herald uses the part before that',
        '</r',
        'end',
      ],
    },
    {
      name: 'a file cut off in CDATA keeps what is there',
      xml: '<r><![CDATA[abc]',
      events: [
        '<r #0',
        '!the file is cut off inside <r>; Herald uses the part before that',
        '</r "abc]"',
        'end',
      ],
    },
    {
      name: 'a file cut off in a comment before the root',
      xml: '<!-- a',
      events: ['!the file is cut off; Herald uses the part before that', 'end'],
    },
    {
      name: 'letters outside of ASCII',
      xml: '<größe a="ü">€</größe>',
      events: ['<größe a="ü" #0', '</größe "€"', 'end'],
    },
    {
      name: 'a stray declaration ends at its >',
      xml: '<r><![if IE]>t<![endif]></r>',
      events: ['<r #0', '</r "t"', 'end'],
    },
    { name: 'an empty file', xml: '', events: ['end'] },
  ])('$name', ({ xml, events }) => {
    expect(eventsOfText(xml)).toEqual(events);
  });

  test.each([1, 2, 3, 1_000])('shows the begin of each comment, in pieces of %d bytes', (size) => {
    const comments: string[] = [];
    const nothing = (): void => undefined;
    const reader = createXmlReader(
      { open: nothing, close: nothing, end: nothing, comment: (text) => comments.push(text) },
      { warn: nothing, incomplete: nothing },
    );
    const xml = `<r><!-- fail 1 --><!----><!-- a-b -- c --><![CDATA[<!-- no -->]]><!--${'x'.repeat(500)}--></r>`;
    for (const chunk of cut(Buffer.from(xml), [size])) reader.write(chunk);
    reader.end();
    expect(comments).toEqual([' fail 1 ', '', ' a-b -- c ', 'x'.repeat(200)]);
  });

  const pieces = fc.constantFrom(
    '<',
    '>',
    '/>',
    '</',
    '<r',
    '<r a="',
    '<p:r ',
    ' a=',
    ' b',
    '="1"',
    "='",
    '"',
    "'",
    '=',
    '/',
    ' ',
    '\n',
    '\r',
    '\r\n',
    ':',
    'xmlns:a="1"',
    '<![CDATA[',
    ']]>',
    ']]',
    ']',
    '<!--',
    '-->',
    '--',
    '<!',
    '<?',
    '?>',
    '<!DOCTYPE r [',
    '<!ENTITY e "',
    '[',
    '&',
    '&amp;',
    '&#65;',
    '&#x',
    ';',
    'text',
    'é',
    '😀',
    '\u0000',
    '</r>',
    '<r>',
    '<c a="1" b=\'2\'>',
    '</c >',
    '__proto__',
  );
  const documents = fc
    .array(fc.oneof({ weight: 8, arbitrary: pieces }, { weight: 1, arbitrary: fc.string() }))
    .map((parts) => Buffer.from(parts.join('')));
  const anyBytes = fc.oneof(
    { weight: 6, arbitrary: documents },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  );

  test('tells the same however the bytes are cut, and never throws', () => {
    fc.assert(
      fc.property(
        anyBytes,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
        (bytes, sizes) => {
          expect(eventsOf(cut(bytes, sizes), asked)).toEqual(eventsOf([bytes], asked));
        },
      ),
      {
        numRuns: 3_000,
        // A blank between a value without quotes and the slash.
        examples: [
          [Buffer.from('<r a=<\r/>'), [1]],
          [Buffer.from('<r a=x />'), [1]],
          [Buffer.from('<r a=x/ />'), [1]],
          [Buffer.from('<r a=x/>'), [2]],
        ],
      },
    );
  });

  test('closes each element it opened, in order, and ends once', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const open: string[] = [];
        const events = eventsOf([bytes], []).filter((event) => !event.startsWith('!'));
        for (const event of events.slice(0, -1)) {
          const name = /^<\/?([^\s]*)/.exec(event)?.[1] ?? '';
          if (event.startsWith('</')) expect(open.pop()).toBe(name);
          else open.push(name);
        }
        expect({ left: open, last: events.at(-1) }).toEqual({ left: [], last: 'end' });
      }),
      { numRuns: 500 },
    );
  });

  test('300,000 nested elements need no recursion and are shown to a depth of 1,000', () => {
    const xml = Buffer.from(`${'<a>'.repeat(300_000)}t${'</a>'.repeat(300_000)}<b/>`);
    const events = eventsOf(cut(xml, [65_536]), []);
    expect(events.length).toBe(2_000 + 4);
    expect(events).toContain('!elements nested more than 1000 deep are ignored');
    expect(events.slice(-3)).toEqual(['<b #0', '</b', 'end']);
  });

  test.each([
    { name: 'whole', size: 32 * 1024 * 1024 },
    { name: 'in pieces', size: 65_521 },
  ])('a value of 20 MB is cut and the rest of its tag kept, $name', ({ size }) => {
    const xml = Buffer.from(`<r a="${'<x>&amp;'.repeat(2_500_000)}" b="2"><c/></r>`);
    const [root, ...rest] = eventsOf(cut(xml, [size]), ['b']);
    expect([root, ...rest]).toEqual(['<r b="2" #0', '<c #1', '</c', '</r', 'end']);
    const lengths = eventsOf(cut(xml, [size]), ['a']).map((event) => event.length);
    expect(lengths[0]).toBeLessThan(200_000);
  });

  test('a value, a name and a tag beyond all limits are the same in any pieces', () => {
    const parts = [
      `<r ${'n'.repeat(3_000)}="1" a="${'v'.repeat(300_000)}" b="2">`,
      `<${'n'.repeat(3_000)}/>`,
      `<r ${Array.from({ length: 400 }, (_, index) => `k${index}="${'v'.repeat(100)}"`).join(' ')} a="late"/>`,
      `<r a=${'u'.repeat(300_000)}/>`,
      `<r ${'/ "= '.repeat(100_000)} b="3" />t</r>`,
      `</${'n'.repeat(3_000)}>`,
    ];
    const xml = Buffer.from(parts.join(''));
    const whole = eventsOf([xml], ['a', 'b', 'k255', 'k256']);
    for (const size of [1, 7, 1_000, 65_536])
      expect(eventsOf(cut(xml, [size]), ['a', 'b', 'k255', 'k256'])).toEqual(whole);
    expect(whole.filter((event) => event.includes('b="'))).toHaveLength(2);
    expect(whole.filter((event) => event.includes('k255="'))).toHaveLength(1);
    expect(whole.filter((event) => event.includes('late'))).toEqual([]);
  });

  test('text is cut at what was asked for', () => {
    const xml = Buffer.from(`<r>${'é'.repeat(50)}<![CDATA[${'b'.repeat(5_000_000)}]]></r>`);
    expect(eventsOf(cut(xml, [4_093]), [], 60)).toEqual([
      '<r #0',
      `</r ${JSON.stringify('é'.repeat(50) + 'b'.repeat(10))}`,
      'end',
    ]);
  });

  test.each([
    { name: 'a tag that never ends', text: `<r a="${'x'.repeat(3_000_000)}` },
    { name: 'an end tag that never ends', text: `<r></${'x'.repeat(3_000_000)}` },
    { name: 'stray bytes in a tag', text: `<r ${'"/='.repeat(1_000_000)}` },
    { name: 'openers', text: '<![CDATA['.repeat(300_000) },
    { name: 'less-than signs', text: '<'.repeat(3_000_000) },
    { name: 'end tags of nothing', text: `${'<a>'.repeat(900)}${'</b>'.repeat(500_000)}` },
    { name: 'ampersands', text: `<r>${'&'.repeat(3_000_000)}` },
  ])('$name, in small pieces, is read in linear time', ({ text }) => {
    // A quadratic reader needs minutes for these: the limit of the test stops it.
    const [last] = eventsOf(cut(Buffer.from(text), [1, 63]), asked).slice(-1);
    expect(last).toBe('end');
  });
});
