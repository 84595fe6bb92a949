/** A count-only pass of sax-wasm. */
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SAXParser, SaxEventType } from 'sax-wasm';

const parser = new SAXParser(SaxEventType.OpenTagStart);
let tests = 0;
let failures = 0;
parser.eventHandler = (_event, tag) => {
  if (tag.name === 'testcase') tests += 1;
  else if (tag.name === 'failure') failures += 1;
};
await parser.prepareWasm(readFileSync(createRequire(import.meta.url).resolve('sax-wasm/lib/sax-wasm.wasm')));
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1 << 16 })) parser.write(chunk);
parser.end();
console.log(JSON.stringify({ tests, failures }));
