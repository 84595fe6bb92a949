/** A count-only pass of saxes: the least that a JavaScript XML parser can do. */
import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';

const parser = new SaxesParser();
let tests = 0;
let failures = 0;
parser.on('opentag', ({ name }) => {
  if (name === 'testcase') tests += 1;
  else if (name === 'failure') failures += 1;
});
const decoder = new TextDecoder();
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1 << 16 }))
  parser.write(decoder.decode(chunk, { stream: true }));
parser.close();
console.log(JSON.stringify({ tests, failures }));
