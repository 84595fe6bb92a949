import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidateFiles, foldersOfReport } from '../../../src/trail/frames/candidate-files.ts';
import { placesInStack } from '../../../src/trail/frames/stack-places.ts';

function filesOf(line: string, folders: readonly string[] = []): readonly string[] {
  return placesInStack(line).flatMap((place) => candidateFiles(place, { projectPath: 'shop/till', folders }));
}

describe('row 71: the files of a repository that a frame may name', () => {
  test.each([
    ['webpack:///./src/till.ts', ['src/till.ts']],
    ['webpack-internal:///./src/till.ts', ['src/till.ts']],
    ['app:///src/till.ts', ['src/till.ts']],
    ['file:///builds/shop/till/src/till.ts', ['src/till.ts']],
    ['.\\src\\till.ts', ['src/till.ts']],
    ['././src/till.ts', ['src/till.ts']],
  ])('%s', (path, wanted) => {
    expect(candidateFiles({ path, line: 1 }, { projectPath: 'shop/till' })).toEqual(wanted);
  });

  test.each([
    ['a runner', '    at sum (/builds/shop/till/src/till.ts:12:5)', ['src/till.ts']],
    [
      'a runner on Windows',
      '   at Till.Sum() in C:\\builds\\shop\\till\\src\\Till.cs:line 12',
      ['src/Till.cs'],
    ],
    ['a container', '  File "/app/till/cart.py", line 4, in total', ['till/cart.py']],
    ['a relative path', 'tests/test_till.py:13: AssertionError', ['tests/test_till.py']],
    [
      'the package of Java',
      '\tat com.shop.Cart.total(Cart.java:40)',
      ['src/main/java/com/shop/Cart.java', 'src/test/java/com/shop/Cart.java'],
    ],
    [
      'the package of Kotlin',
      '\tat com.shop.Cart.total(Cart.kt:40)',
      ['src/main/kotlin/com/shop/Cart.kt', 'src/test/kotlin/com/shop/Cart.kt'],
    ],
    ['the home of a person', '    at sum (/home/ada/work/src/till.ts:12:5)', []],
    ['another project', '    at sum (/builds/shop/other/src/till.ts:12:5)', []],
    ['a name alone', '    till_test.go:12: got 3', []],
    ['a way out', 'a/../../etc/passwd.py:13: AssertionError', []],
  ])('of %s', (_name, line, expected) => {
    expect(filesOf(line)).toEqual(expected);
  });

  test('begin in the module of the report', () => {
    expect(foldersOfReport('core/target/surefire-reports/TEST-a.xml')).toEqual(['core']);
    expect(foldersOfReport('unit/api/junit.xml')).toEqual(['api', 'unit/api']);
    expect(foldersOfReport('junit.xml')).toEqual([]);
    expect(filesOf('src/cart.test.ts:3: wrong', ['api'])).toEqual([
      'api/src/cart.test.ts',
      'src/cart.test.ts',
    ]);
  });

  const segment = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
  const file = fc
    .tuple(fc.array(segment, { minLength: 1, maxLength: 5 }), segment)
    .map(([folders, name]) => `${folders.join('/')}/${name}.ts`);

  test('include the file that a frame was made for, wherever its checkout was', () => {
    const roots = ['/builds/shop/till/', '/builds/x/0/shop/till/', '/usr/src/app/', './', ''];
    fc.assert(
      fc.property(file, fc.constantFrom(...roots), (path, root) => {
        expect(filesOf(`    at sum (${root}${path}:7:1)`)).toContain(path);
      }),
    );
  });

  test('are few, and never leave the project', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(segment), (path, folders) => {
        const found = candidateFiles({ path, line: 1 }, { projectPath: 'shop/till', folders });
        expect(found.length).toBeLessThanOrEqual(6);
        for (const one of found) {
          expect(one).not.toMatch(/^(?:[a-z]:)?\/|\\/i);
          expect(one.split('/')).not.toContain('..');
        }
      }),
    );
  });
});
