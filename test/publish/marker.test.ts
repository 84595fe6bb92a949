import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeKey, parseMarker, withMarker } from '../../src/publish/marker.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const line = `<!-- herald:note v=1 key=report pipeline=900 sha=${sha} -->`;

describe('encodeKey', () => {
  test.each(['report', 'unit-tests_2', 'v1.2', 'a'.repeat(64)])('leaves the plain key %s as it is', (key) => {
    expect(encodeKey(key)).toBe(key);
  });

  test('keeps what is readable of any other key', () => {
    expect(encodeKey('unit tests / linux')).toMatch(/^x\.unit-tests-linux\.[0-9a-f]{16}$/);
  });

  test('gives two keys that look alike different codes', () => {
    expect(encodeKey('unit tests')).not.toBe(encodeKey('unit/tests'));
  });

  test('never takes a key for an encoded one', () => {
    expect(encodeKey(encodeKey('unit tests'))).not.toBe(encodeKey('unit tests'));
  });

  test('gives 1 to 64 safe characters for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (key) => {
        expect(encodeKey(key)).toMatch(/^[a-zA-Z0-9_.-]{1,64}$/);
      }),
    );
  });
});

describe('withMarker and parseMarker', () => {
  test('puts the marker on the first line, then an empty line', () => {
    expect(withMarker({ key: 'report', pipelineId: 900, sha }, '## Body')).toBe(`${line}\n\n## Body`);
  });

  test('reads back what was written, for any key and body', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.nat(),
        fc.string({ unit: 'binary' }),
        (key, pipelineId, body) => {
          const marked = withMarker({ key, pipelineId, sha }, body);
          expect(parseMarker(marked)).toEqual({ key: encodeKey(key), pipelineId, sha });
        },
      ),
    );
  });

  test.each([
    { name: 'alone', body: line },
    { name: 'with a line end of Windows', body: `${line}\r\n\r\ntext` },
  ])('reads a marker $name', ({ body }) => {
    expect(parseMarker(body)).toEqual({ key: 'report', pipelineId: 900, sha });
  });

  test.each([
    { name: 'after a space', body: ` ${line}` },
    { name: 'after an empty line', body: `\n${line}` },
    { name: 'in a quote', body: `> ${line}` },
    { name: 'further down', body: `Look:\n${line}` },
    { name: 'with text behind it', body: `${line} text` },
    { name: 'of another version', body: line.replace('v=1', 'v=2') },
    { name: 'with a key of other characters', body: line.replace('key=report', 'key=a>b') },
    { name: 'with a key that is too long', body: line.replace('key=report', `key=${'a'.repeat(65)}`) },
    { name: 'without a pipeline', body: line.replace('pipeline=900 ', '') },
    { name: 'with a negative pipeline', body: line.replace('900', '-1') },
    { name: 'with a pipeline beyond all numbers', body: line.replace('900', '9'.repeat(30)) },
    { name: 'with something between', body: line.replace(' sha', ' job=1 sha') },
    { name: 'over two lines', body: line.replace(' sha', '\nsha') },
  ])('takes no marker $name', ({ body }) => {
    expect(parseMarker(body)).toBeNull();
  });
});
