/** What Vitest writes with --reporter=junit for the shop's front end; failure texts carry its colours. */

const red = '\u001b[31m';
const green = '\u001b[32m';
const plain = '\u001b[39m';

const failure = `<failure message="expected &apos;1.234,50 €&apos; to be &apos;€1,234.50&apos; // Object.is equality" type="AssertionError">
AssertionError: expected &apos;1.234,50 €&apos; to be &apos;€1,234.50&apos; // Object.is equality

${green}- Expected${plain}
${red}+ Received${plain}

${green}- €1,234.50${plain}
${red}+ 1.234,50 €${plain}

 ❯ src/basket/format-price.test.ts:27:31
      </failure>`;

function testCase([file, name]: readonly [string, string], seconds: string, inner = ''): string {
  const open = `        <testcase classname="${file}" name="${name}" time="${seconds}"`;
  return inner === ''
    ? `${open}>\n        </testcase>`
    : `${open}>\n            ${inner}\n        </testcase>`;
}

/** The report of a run in which the price test passes or fails. */
export function vitestReport(price: 'passes' | 'fails'): string {
  const basket = ['shows the items', 'shows the total', 'asks before it empties'].map((name) =>
    testCase(['src/basket/basket-view.test.ts', `basket view &gt; ${name}`], '0.012'),
  );
  const prices = [
    testCase(['src/basket/format-price.test.ts', 'price &gt; rounds half up'], '0.002'),
    testCase(
      ['src/basket/format-price.test.ts', 'price &gt; follows the locale'],
      '0.004',
      price === 'fails' ? failure : '',
    ),
    testCase(['src/basket/format-price.test.ts', 'price &gt; shows free items as free'], '0.001'),
  ];
  const failures = price === 'fails' ? 1 : 0;
  return `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="6" failures="${failures}" errors="0" time="0.84">
    <testsuite name="src/basket/basket-view.test.ts" tests="3" failures="0" errors="0" skipped="0" time="0.036">
${basket.join('\n')}
    </testsuite>
    <testsuite name="src/basket/format-price.test.ts" tests="3" failures="${failures}" errors="0" skipped="0" time="0.007">
${prices.join('\n')}
    </testsuite>
</testsuites>
`;
}
