import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlaceFinder } from '../../../src/reports/collect/failed-at.ts';
import { createPathResolver } from '../../../src/reports/collect/source-paths.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';
import { createOnlyFile } from '../../../src/trail/frames/only-file.ts';
import { innermostFirst, placesInStack } from '../../../src/trail/frames/stack-places.ts';

interface Trace {
  readonly language: string;
  readonly lines: readonly string[];
  /** The places outside of runtimes and frameworks, as read by a person. */
  readonly places: readonly string[];
}

/** As the tools of each language print them, shortened; most from the reports in test/fixtures. */
const traces: readonly Trace[] = [
  {
    language: 'Python',
    lines: [
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3.12/unittest/case.py", line 58, in testPartExecutor',
      '  File "/builds/shop/web/tests/test_till.py", line 9, in test_sum',
      '  File "/builds/shop/web/till/my cart.py", line 4, in total',
    ],
    places: ['/builds/shop/web/till/my cart.py:4', '/builds/shop/web/tests/test_till.py:9'],
  },
  {
    language: 'JavaScript',
    lines: [
      '    at Cart.total (/app/src/cart.js:12:9)',
      '    at async Promise.all (index 0)',
      '    at file:///app/test/cart.test.mjs:7:3',
      '    at node:internal/process/task_queues:95:5',
      '    at run (/app/node_modules/mocha/lib/runner.js:3:1)',
    ],
    places: ['/app/src/cart.js:12', '/app/test/cart.test.mjs:7'],
  },
  {
    language: 'TypeScript',
    lines: [' ❯ total src/cart.ts:4:11', ' ❯ test/cart.test.ts:9:24'],
    places: ['src/cart.ts:4', 'test/cart.test.ts:9'],
  },
  {
    language: 'Java',
    lines: [
      '\tat java.base/java.util.Objects.checkIndex(Objects.java:385)',
      '\tat app//com.shop.Cart$Line.lambda$total$0(Cart.java:12)',
      '\tat com.shop.Cart.<init>(Cart.java:5)',
      '\tat app//org.junit.jupiter.api.Assertions.fail(Assertions.java:1)',
    ],
    places: ['com/shop/Cart.java:12', 'com/shop/Cart.java:5'],
  },
  {
    language: 'Kotlin',
    lines: [
      '\tat action.surefire.report.calc.CalcUtilsTest.test error handling(CalcUtilsTest.kt:27)',
      '\tat corrupt.core.Main$Companion.initAndRun(Main.kt:244)',
    ],
    places: ['action/surefire/report/calc/CalcUtilsTest.kt:27', 'corrupt/core/Main.kt:244'],
  },
  {
    language: 'Go',
    lines: [
      'panic({0x50, 0x5f})',
      '\t/opt/go/src/runtime/panic.go:884 +0x212',
      'example.com/shop/price.load(...)',
      '\t/builds/shop/web/price/price.go:9',
      '    price_test.go:30: wrong sum',
    ],
    places: ['/builds/shop/web/price/price.go:9', 'price_test.go:30'],
  },
  {
    language: 'C#',
    lines: [
      '   at System.Linq.Enumerable.First() in /_/src/System.Linq/First.cs:line 9',
      '   at Shop.Steps.Api.Create(Dictionary`2 data) in /tests/Shop/Api.cs:line 23',
      String.raw`   at Shop.Cart.Total() in C:\work\shop\Cart.cs:line 4`,
    ],
    places: ['/tests/Shop/Api.cs:23', String.raw`C:\work\shop\Cart.cs:4`],
  },
  {
    language: 'Ruby',
    lines: [
      "     # ./spec/models/voucher_spec.rb:31:in `block (3 levels) in <main>'",
      "lib/till.rb:3:in 'Till#sum'",
      "/usr/local/bundle/gems/rspec-core-3.13/lib/rspec/core/example.rb:1:in 'run'",
    ],
    places: ['./spec/models/voucher_spec.rb:31', 'lib/till.rb:3'],
  },
  {
    language: 'PHP',
    lines: [
      String.raw`#0 /app/src/Cart.php(12): Shop\Cart->total(Array)`,
      '#1 /app/vendor/phpunit/phpunit/src/Framework/TestCase.php(1): run()',
      'PHP Fatal error:  Uncaught Error in /app/src/Till.php on line 7',
      '/app/tests/CartTest.php:9',
    ],
    places: ['/app/src/Cart.php:12', '/app/src/Till.php:7', '/app/tests/CartTest.php:9'],
  },
  {
    language: 'Rust',
    lines: [
      "thread 'sums' panicked at tests/till.rs:154:5:",
      '             at /rustc/9fc6b4/library/core/src/panicking.rs:72:14',
      '             at ./src/till.rs:12:9',
    ],
    places: ['tests/till.rs:154', './src/till.rs:12'],
  },
  {
    language: 'C and C++',
    lines: [
      '==31==    at 0x109156: main (till.c:3)',
      '    #0 0x4f1e3d in total /src/shop/cart.cpp:12:3',
      '#1  0x0000555555555171 in total (n=3) at src/cart.cc:12',
      'tests/till.cpp(10): error: in "sums": check a == b has failed',
    ],
    places: ['till.c:3', '/src/shop/cart.cpp:12', 'src/cart.cc:12', 'tests/till.cpp:10'],
  },
];

test.each(traces)('row 71: the frames of $language', ({ lines, places }) => {
  const found = innermostFirst(lines.join('\n'));
  expect(found.map(({ path, inPackage, line }) => `${inPackage ?? path}:${line}`)).toEqual(places);
});

function finderOf(files: readonly string[]): (details: string) => string | null {
  const checkout = {
    projectDirectory: '/builds/shop/web',
    projectPath: 'shop/web',
    knownFiles: new Set(files),
  };
  const find = createPlaceFinder({
    resolvePath: createPathResolver(checkout),
    isProjectFile: createOnlyFile({ ...checkout, files: checkout.knownFiles }),
  });
  return (details) => find(blankTestRun, { type: null, message: '', details })?.path ?? null;
}

describe('row 71: a frame means a file of the project', () => {
  test.each([
    {
      what: 'in a container',
      frame: 'at f (/app/src/cart.ts:4:9)',
      files: ['src/cart.ts'],
      file: 'src/cart.ts',
    },
    {
      what: 'in a container, of a module',
      frame: 'at f (/usr/src/app/src/cart.ts:4:9)',
      files: ['web/src/cart.ts', 'web/src/till.ts'],
      file: 'web/src/cart.ts',
    },
    {
      what: 'in a container, which two modules have',
      frame: 'at f (/usr/src/app/src/cart.ts:4:9)',
      files: ['web/src/cart.ts', 'api/src/cart.ts'],
      file: null,
    },
    {
      what: 'in a folder that is none of a container, which a module has by chance',
      frame: 'at f (/opt/tool/src/cart.ts:4:9)',
      files: ['web/src/cart.ts'],
      file: null,
    },
    {
      what: 'in a container, of which two modules could be the one',
      frame: 'at f (/app/src/cart.ts:4:9)',
      files: ['src/cart.ts', 'web/src/cart.ts'],
      file: null,
    },
    {
      what: 'in the checkout, whatever other modules have',
      frame: 'at f (/builds/shop/web/src/cart.ts:4:9)',
      files: ['src/cart.ts', 'web/src/cart.ts'],
      file: 'src/cart.ts',
    },
    {
      what: "in another runner's checkout",
      frame: String.raw`   at Shop.Cart.Total() in D:\a\web\web\src\Cart.cs:line 4`,
      files: ['src/Cart.cs', 'old/src/Cart.cs'],
      file: 'src/Cart.cs',
    },
    {
      what: 'in a source root of Java',
      frame: '\tat com.shop.Cart.total(Cart.java:4)',
      files: ['core/src/main/java/com/shop/Cart.java', 'core/src/main/java/com/till/Cart.java'],
      file: 'core/src/main/java/com/shop/Cart.java',
    },
    {
      what: 'of another package with a file of that name',
      frame: '\tat com.other.Cart.total(Cart.java:4)',
      files: ['src/main/java/com/shop/Cart.java'],
      file: null,
    },
    {
      what: 'that two modules have in the same package',
      frame: '\tat com.shop.Cart.total(Cart.java:4)',
      files: ['a/src/main/java/com/shop/Cart.java', 'b/src/main/java/com/shop/Cart.java'],
      file: null,
    },
    {
      what: 'of Kotlin, whose folders begin below the package',
      frame: '\tat com.shop.CartKt.total(Cart.kt:4)',
      files: ['src/main/kotlin/Cart.kt'],
      file: 'src/main/kotlin/Cart.kt',
    },
    {
      what: 'that the project does not have',
      frame: 'at f (/app/src/other.ts:4:9)',
      files: ['src/cart.ts'],
      file: null,
    },
  ])('$what', ({ frame, files, file }) => {
    expect(finderOf(files)(frame)).toBe(file);
  });

  const segment = fc.constantFrom('a', 'b', 'core', 'src', 'till');
  const file = fc
    .tuple(fc.array(segment, { maxLength: 3 }), fc.constantFrom('cart', 'price'))
    .map(([folders, name]) => [...folders, `${name}.py`].join('/'));
  const files = fc.uniqueArray(file, { minLength: 1, maxLength: 8 });
  const frameOf = (path: string): string => `  File "${path}", line 3, in total`;

  test('a frame made for a known file below the checkout resolves to it', () => {
    fc.assert(
      fc.property(files, (known) => {
        for (const one of known) expect(finderOf(known)(frameOf(`/builds/shop/web/${one}`))).toBe(one);
      }),
    );
  });

  test('below another folder it resolves to it or to nothing, and to nothing where another could be meant', () => {
    fc.assert(
      fc.property(files, fc.constantFrom('/app', '/usr/src/app', '/srv/x'), (known, root) => {
        for (const one of known) {
          const found = finderOf(known)(frameOf(`${root}/${one}`));
          const others = known.filter((other) => other.endsWith(`/${one}`));
          expect(others.length > 0 ? [null] : [null, one]).toContain(found);
        }
      }),
    );
  });
});

test('a line that is longer than any frame costs nothing', () => {
  expect(placesInStack(`at ${'a.'.repeat(5_000)}(Cart.java:1)`)).toEqual([]);
});
