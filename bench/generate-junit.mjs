/**
 * Writes big JUnit files like those of real suites: classname, name, time, file, line, 2 % failures with stack traces.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const trace = Array.from(
  { length: 14 },
  (_, index) =>
    `    at Checkout.total${index} (/builds/shop/web/src/checkout/total-${index}.ts:${10 + index}:${index + 3})`,
).join('\n');

/** @param {number} index @param {number} outputBytes */
function testCase(index, outputBytes) {
  const open = `<testcase classname="shop.checkout.Module${index % 997}" name="adds item ${index} &lt;${index % 13}&gt; &amp; rounds" time="0.${String(index % 1000).padStart(3, '0')}" file="src/checkout/module-${index % 997}.test.ts" line="${(index % 400) + 1}"`;
  const output =
    outputBytes > 0
      ? `<system-out>${'log line of the shop: item added to the basket, total rounded\n'.repeat(Math.ceil(outputBytes / 62)).slice(0, outputBytes)}</system-out>`
      : '';
  if (index % 50 === 0)
    return `${open}><failure message="expected ${index} to be ${index + 1}" type="AssertionError"><![CDATA[AssertionError: expected ${index} to be ${index + 1}\n${trace}]]></failure>${output}</testcase>\n`;
  if (index % 200 === 1)
    return `${open}><error message="socket closed" type="Error">Error: socket closed\n${trace}</error>${output}</testcase>\n`;
  if (index % 100 === 2) return `${open}><skipped/>${output}</testcase>\n`;
  return output === '' ? `${open}/>\n` : `${open}>${output}</testcase>\n`;
}

/** @param {string} path @param {number} tests @param {number} outputBytes of `system-out` per test */
export async function generateJunit(path, tests, outputBytes) {
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="shop">\n');
  let batch = '';
  for (let index = 0; index < tests; index += 1) {
    batch += testCase(index, outputBytes);
    if (batch.length > 1 << 20) {
      if (!stream.write(batch)) await once(stream, 'drain');
      batch = '';
    }
  }
  stream.end(`${batch}</testsuite>\n</testsuites>\n`);
  await once(stream, 'finish');
}
