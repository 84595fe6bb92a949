import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanPath, createPathResolver } from '../../../src/reports/collect/source-paths.ts';

const project = '/builds/shop/api';
const files = [
  'setup.py',
  'src/app.py',
  'src/shop/__init__.py',
  'src/shop/cart.py',
  'web/src/index.ts',
  'admin/src/index.ts',
  'api/src/main/java/com/shop/Cart.java',
  'core/src/main/java/com/shop/Item.java',
  'rest/src/main/java/com/shop/Item.java',
  'pkg/cart/cart.go',
  'main.go',
  'docs/a b.md',
];
const known = createPathResolver({ projectDirectory: project, knownFiles: new Set(files) });
const unknown = createPathResolver({ projectDirectory: project, knownFiles: null });
const nowhere = createPathResolver({ projectDirectory: null, knownFiles: null });

describe('cleanPath', () => {
  test.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src//a.ts', 'src/a.ts'],
    ['src/./x/../a.ts', 'src/a.ts'],
    ['../a.ts', '../a.ts'],
    ['x/../../a.ts', '../a.ts'],
    ['../../x/../a.ts', '../../a.ts'],
    ['/a/../../b.ts', '/b.ts'],
    ['src\\shop\\a.cs', 'src/shop/a.cs'],
    ['C:\\shop\\src\\..\\a.cs', 'C:/shop/a.cs'],
    ['C:/shop\\a.cs', 'C:/shop/a.cs'],
    ['C:/../../a.cs', 'C:/a.cs'],
    ['a/odd\\name.c', 'a/odd\\name.c'],
    ['file:///builds/a%20b.ts', '/builds/a b.ts'],
    ['file:/builds/a.ts', '/builds/a.ts'],
    ['file://localhost/builds/a.ts', '/builds/a.ts'],
    ['file:///C:/shop/a.cs', 'C:/shop/a.cs'],
    ['file:///a%ZZ.ts', '/a%ZZ.ts'],
    ['src/.hidden/..a.ts', 'src/.hidden/..a.ts'],
    ['src/', 'src'],
    ['.', ''],
  ])('%s is written %s', (path, clean) => {
    expect(cleanPath(path)).toBe(clean);
  });

  test('is done after one time, for any text', () => {
    const segment = fc.constantFrom('a', '..', '.', '', 'C:', 'b c', '%2e%2e', 'é');
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        const once = cleanPath(segments.join('/'));
        expect(cleanPath(once)).toBe(once);
      }),
    );
  });
});

describe('createPathResolver', () => {
  test.each([
    { name: 'the checkout is taken off', path: `${project}/src/app.py`, roots: [], found: 'src/app.py' },
    {
      name: 'a neighbour of the checkout is outside',
      path: `${project}-2/a.py`,
      roots: [],
      found: `${project}-2/a.py`,
    },
    { name: 'a relative path stays', path: './src/app.py', roots: [], found: 'src/app.py' },
    {
      name: 'a root in the project is put before',
      path: 'app.py',
      roots: [`${project}/src`],
      found: 'src/app.py',
    },
    { name: 'a relative root is put before', path: 'app.py', roots: ['src'], found: 'src/app.py' },
    {
      name: 'the checkout as root changes nothing',
      path: 'src/app.py',
      roots: [project, '.'],
      found: 'src/app.py',
    },
    { name: 'of several roots none is chosen', path: 'app.py', roots: ['src', 'lib'], found: 'app.py' },
    { name: 'a root elsewhere is not put before', path: 'app.py', roots: ['/usr/lib'], found: 'app.py' },
    {
      name: 'of several roots the one in the project counts',
      path: 'a.py',
      roots: ['/usr/lib', `${project}/src`],
      found: 'src/a.py',
    },
    {
      name: 'a root elsewhere is taken off',
      path: 'file:///home/ci/api/a.py',
      roots: ['file:///home/ci/api/'],
      found: 'a.py',
    },
    {
      name: 'a root with a drive is taken off',
      path: 'c:\\Shop\\a.cs',
      roots: ['C:\\shop\\'],
      found: 'a.cs',
    },
    {
      name: 'a path out of a root in the project is resolved',
      path: '../src/app.py',
      roots: ['build'],
      found: 'src/app.py',
    },
    {
      name: 'a path out of the project is not',
      path: '../../etc/passwd',
      roots: ['build'],
      found: '../../etc/passwd',
    },
    { name: 'nothing stays nothing', path: '', roots: ['src'], found: '' },
    { name: 'the project itself is a dot', path: 'src/..', roots: ['src'], found: '.' },
  ])('with a project: $name', ({ path, roots, found }) => {
    expect(unknown(path, roots)).toBe(found);
  });

  test.each([
    { name: 'a checkout elsewhere', path: '/home/ci/work/api/src/app.py', roots: [], found: 'src/app.py' },
    {
      name: 'a checkout elsewhere on Windows',
      path: 'D:\\ci\\api\\src\\shop\\cart.py',
      roots: [],
      found: 'src/shop/cart.py',
    },
    {
      name: 'the longest end wins',
      path: '/x/src/shop/__init__.py',
      roots: [],
      found: 'src/shop/__init__.py',
    },
    {
      name: 'a root of another machine',
      path: 'shop/cart.py',
      roots: ['/home/ci/api/src'],
      found: 'src/shop/cart.py',
    },
    {
      name: 'of several roots the one that has the file',
      path: 'index.ts',
      roots: ['web/src', 'src'],
      found: 'web/src/index.ts',
    },
    { name: 'a root before the same name without it', path: 'setup.py', roots: ['src'], found: 'setup.py' },
    {
      name: 'a Java package',
      path: 'com/shop/Cart.java',
      roots: [],
      found: 'api/src/main/java/com/shop/Cart.java',
    },
    {
      name: 'a package of two modules stays',
      path: 'com/shop/Item.java',
      roots: [],
      found: 'com/shop/Item.java',
    },
    {
      name: 'a Go module',
      path: 'example.com/shop/api/pkg/cart/cart.go',
      roots: [],
      found: 'pkg/cart/cart.go',
    },
    {
      name: 'a Go module, file of the root',
      path: 'example.com/shop/api/main.go',
      roots: [],
      found: 'main.go',
    },
    { name: 'a name of two files stays', path: 'index.ts', roots: [], found: 'index.ts' },
    {
      name: 'a library outside stays',
      path: '/usr/include/c++/vector',
      roots: [],
      found: '/usr/include/c++/vector',
    },
    {
      name: 'a path out of the project stays',
      path: '../other/src/app.py',
      roots: [],
      found: '../other/src/app.py',
    },
    { name: 'an encoded URL', path: `file://${project}/docs/a%20b.md`, roots: [], found: 'docs/a b.md' },
    {
      name: 'an unknown file in the project',
      path: `${project}/new/file.py`,
      roots: [],
      found: 'new/file.py',
    },
  ])('with known files: $name', ({ path, roots, found }) => {
    expect(known(path, roots)).toBe(found);
  });

  test('a name alone is not taken for the file of that name when there are more', () => {
    const resolve = createPathResolver({
      projectDirectory: null,
      knownFiles: new Set(['main.go', 'cmd/main.go']),
    });
    expect(resolve('/usr/lib/go/other/main.go', [])).toBe('/usr/lib/go/other/main.go');
  });

  test('with nothing known the path is returned clean', () => {
    expect(nowhere('.\\src\\a.cs', [])).toBe('src/a.cs');
  });

  test('roots that come later count for later paths', () => {
    const roots: string[] = [];
    expect(unknown('app.py', roots)).toBe('app.py');
    roots.push('src');
    expect(unknown('app.py', roots)).toBe('src/app.py');
  });

  test('any path gives a known file, or no path that begins outside and seems inside', () => {
    const segment = fc.constantFrom('src', 'shop', 'app.py', '..', '.', '', 'builds', 'api', 'C:', 'é');
    const path = fc.array(segment, { minLength: 1, maxLength: 8 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(path, fc.array(path, { maxLength: 3 }), (written, roots) => {
        const found = known(written, roots);
        if (files.includes(found)) return;
        expect(found.split('/').slice(1)).not.toContain(found.startsWith('..') ? '\u0000' : '..');
      }),
    );
  });

  test('a path of many segments takes time in proportion', () => {
    const deep = `${'a/'.repeat(200_000)}app.py`;
    expect(known(deep, [])).toBe(deep);
    expect(known(`/${'../'.repeat(200_000)}src/app.py`, ['x'])).toBe('src/app.py');
  });

  test.each([
    {
      name: 'the report’s own folder',
      path: 'src/index.ts',
      folder: 'admin/coverage',
      found: 'admin/src/index.ts',
    },
    {
      name: 'a folder above it',
      path: 'src/index.ts',
      folder: 'web/out/coverage',
      found: 'web/src/index.ts',
    },
    {
      name: 'a way out of it',
      path: '../src/index.ts',
      folder: 'admin/coverage',
      found: 'admin/src/index.ts',
    },
    {
      name: 'the nearest module',
      path: 'com/shop/Item.java',
      folder: 'rest/target/site',
      found: 'rest/src/main/java/com/shop/Item.java',
    },
    {
      name: 'no module near it',
      path: 'com/shop/Item.java',
      folder: 'target/site',
      found: 'com/shop/Item.java',
    },
    {
      name: 'a Go module in a folder',
      path: 'ex.com/x/src/index.ts',
      folder: 'admin',
      found: 'admin/src/index.ts',
    },
  ])('where a path fits several files, $name decides', ({ path, folder, found }) => {
    expect(known(path, [], { folder })).toBe(found);
  });

  test.each([
    { module: 'core', found: 'core/src/main/java/com/shop/Item.java' },
    { module: 'all/rest', found: 'rest/src/main/java/com/shop/Item.java' },
    { module: 'shop-rest', found: 'rest/src/main/java/com/shop/Item.java' },
    { module: 'forest', found: 'forest/com/shop/Item.java' },
    { module: '../../etc', found: 'com/shop/Item.java' },
  ])('module $module of a report decides', ({ module, found }) => {
    expect(known('com/shop/Item.java', [], { module })).toBe(found);
  });

  test('without a list of files, namesakes of two modules stay apart', () => {
    expect(unknown('com/shop/Item.java', [], { module: 'rest' })).toBe('rest/com/shop/Item.java');
    expect(unknown('com/shop/Item.java', [])).toBe('com/shop/Item.java');
  });
});
