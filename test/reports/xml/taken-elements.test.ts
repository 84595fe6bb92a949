import { expect, test } from 'vitest';
import { createXmlReader } from '../../../src/reports/xml/reader.ts';

const taken = Buffer.from('<b/>');

/** Reads a text with a handler that takes every `<b/>` from the bytes, and the text of elements named `t`. */
function read(text: string): { readonly events: readonly string[]; readonly problems: readonly string[] } {
  const events: string[] = [];
  const problems: string[] = [];
  const reader = createXmlReader(
    {
      take(buffer, from) {
        if (!buffer.subarray(from, from + taken.length).equals(taken)) return from;
        events.push('taken');
        return from + taken.length;
      },
      open({ name, depth, keepText }) {
        events.push(`<${name} ${depth}`);
        if (name === 't') keepText(100);
      },
      close(name, kept) {
        events.push(`</${name} ${kept}`);
      },
      end: () => undefined,
    },
    { warn: (message) => problems.push(message), incomplete: (message) => problems.push(message) },
  );
  reader.write(Buffer.from(text));
  reader.end();
  return { events, problems };
}

test('a handler takes whole elements within others', () => {
  expect(read('<a><b/> <b/><c/></a>').events).toEqual(['<a 0', 'taken', 'taken', '<c 1', '</c ', '</a ']);
});

test('the root is not taken, nor what lies in text that somebody wants', () => {
  expect(read('<b/>').events).toEqual(['<b 0', '</b ']);
  expect(read('<t>one <b/>two</t>').events).toEqual(['<t 0', '<b 1', '</b ', '</t one two']);
});

test('elements that are nested too deep are not taken', () => {
  const { events, problems } = read(`${'<a>'.repeat(1_001)}<b/>${'</a>'.repeat(1_001)}<b/>`);
  expect(events).not.toContain('taken');
  expect(problems).toEqual(['elements nested more than 1000 deep are ignored']);
  expect(read(`${'<a>'.repeat(999)}<b/>${'</a>'.repeat(999)}`).events).toContain('taken');
});
