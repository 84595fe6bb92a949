import { describe, expect, test } from 'vitest';
import { PlainCases } from '../../../src/reports/formats/shared/junit-plain-cases.ts';

const cases = new PlainCases();

function read(written: string, from = 0): number {
  return cases.read(Buffer.from(written), from);
}

describe('cases that are read right from their bytes', () => {
  test.each([
    ['a tag of its own', '<testcase name="a"/>'],
    ['nothing inside', '<testcase name="a"></testcase>'],
    ['white space inside', '<testcase name="a">\n  </testcase>'],
    ['text inside', '<testcase name="a">said</testcase>'],
    ['output', '<testcase name="a">\n<system-out>said</system-out>\n</testcase>'],
    ['both outputs', '<testcase name="a"><system-out></system-out><system-err>x</system-err></testcase>'],
    [
      'output with markup that is none',
      '<testcase name="a"><system-out><![CDATA[</testcase><failure/>]]></system-out></testcase>',
    ],
    [
      'output in several sections',
      '<testcase name="a"><system-err>a<![CDATA[b]]>c<![CDATA[]]></system-err></testcase>',
    ],
  ])('with %s', (_what, written) => {
    expect(read(written)).toBe(written.length);
    expect(read(`${written}<testcase name="b"/>`)).toBe(written.length);
    expect(read(`<x/>${written}`, '<x/>'.length)).toBe('<x/>'.length + written.length);
    // No part of it is a whole case.
    for (const end of written.split('').keys()) expect(read(written.slice(0, end))).toBe(-1);
  });

  test.each([
    ['a failure', '<testcase name="a"><failure/></testcase>'],
    ['a comment', '<testcase name="a"><!-- <failure/> --></testcase>'],
    ['a section of its own', '<testcase name="a"><![CDATA[</testcase>]]></testcase>'],
    ['properties', '<testcase name="a"><properties/></testcase>'],
    ['output that says what it is', '<testcase name="a"><system-out id="1">a</system-out></testcase>'],
    ['output with an element', '<testcase name="a"><system-out>a<b/></system-out></testcase>'],
    ['output that does not end', '<testcase name="a"><system-out>a</testcase><testcase name="b"></testcase>'],
    ['a section that does not end', '<testcase name="a"><system-out><![CDATA[a</system-out></testcase>'],
    ['an end tag with a space', '<testcase name="a"></testcase >'],
    ['another case', '<testcase name="a"><testcase name="b"/></testcase>'],
  ])('not with %s', (_what, written) => {
    expect(read(written)).toBe(-1);
  });

  test('not other elements', () => {
    for (const written of [
      '<testsuite name="a"/>',
      '<testcases name="a"/>',
      '<x:testcase name="a"/>',
      '</testcase>',
    ])
      expect(read(written)).toBe(-1);
  });
});
