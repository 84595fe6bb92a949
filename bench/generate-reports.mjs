/** Writes large files of the formats that are streamed, shaped like those of real tools. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

async function write(path, parts) {
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  for (const part of parts) if (!stream.write(part)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

const files = (count) => Array.from({ length: count }, (_, index) => index);
const lines = (count, line) => Array.from({ length: count }, (_, index) => line(index + 1)).join('');

function* cobertura(count) {
  yield '<?xml version="1.0"?>\n<coverage line-rate="0.9" branch-rate="0" version="1"><sources><source>.</source></sources><packages><package name="shop"><classes>\n';
  for (const file of files(count))
    yield `<class name="m${file}" filename="src/m${file}.py" line-rate="0.9"><methods/><lines>${lines(120, (line) => `<line number="${line}" hits="${line % 10}"/>`)}</lines></class>\n`;
  yield '</classes></package></packages></coverage>\n';
}

function* lcov(count) {
  for (const file of files(count))
    yield `TN:\nSF:src/m${file}.ts\n${lines(200, (line) => `DA:${line},${line % 10}\n`)}LF:200\nLH:180\nend_of_record\n`;
}

function* jacoco(count) {
  yield '<?xml version="1.0"?><report name="shop"><package name="shop">\n';
  for (const file of files(count)) {
    yield `<class name="shop/M${file}" sourcefilename="M${file}.java"><method name="run" desc="()V" line="1"><counter type="METHOD" missed="0" covered="1"/></method><counter type="METHOD" missed="0" covered="1"/></class>`;
    yield `<sourcefile name="M${file}.java">${lines(120, (line) => `<line nr="${line}" mi="${line % 10 === 0 ? 1 : 0}" ci="${line % 10}" mb="0" cb="0"/>`)}<counter type="LINE" missed="12" covered="108"/></sourcefile>\n`;
  }
  yield '</package></report>\n';
}

function* clover(count) {
  yield '<?xml version="1.0"?><coverage generated="1" clover="3.2.0"><project timestamp="1"><package name="shop">\n';
  for (const file of files(count))
    yield `<file name="m${file}.js" path="/app/src/m${file}.js"><metrics statements="120" coveredstatements="108" methods="0" coveredmethods="0" conditionals="0" coveredconditionals="0"/>${lines(120, (line) => `<line num="${line}" count="${line % 10}" type="stmt"/>`)}</file>\n`;
  yield '</package><metrics statements="1" coveredstatements="1"/></project></coverage>\n';
}

function* trx(count) {
  yield '<?xml version="1.0"?><TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Times start="2026-01-01T00:00:00" finish="2026-01-01T00:01:00"/><Results>\n';
  for (const test of files(count))
    yield `<UnitTestResult executionId="e${test}" testId="t${test}" testName="Shop.Sum.Adds${test}" outcome="Passed" duration="00:00:00.0010000"/>\n`;
  yield '</Results><TestDefinitions>\n';
  for (const test of files(count))
    yield `<UnitTest name="Adds${test}" id="t${test}"><Execution id="e${test}"/><TestMethod className="Shop.Sum" name="Adds${test}"/></UnitTest>\n`;
  yield `</TestDefinitions><ResultSummary outcome="Completed"><Counters total="${count}" passed="${count}" failed="0"/></ResultSummary></TestRun>\n`;
}

function* nunit3(count) {
  yield `<?xml version="1.0"?><test-run id="1" total="${count}" passed="${count}" failed="0" inconclusive="0" skipped="0" duration="1"><test-suite type="Assembly" id="2" name="Shop" fullname="Shop" total="${count}" passed="${count}" failed="0" skipped="0" duration="1">`;
  yield `<test-suite type="TestFixture" id="3" name="Sum" fullname="Shop.Sum" total="${count}" passed="${count}" failed="0" skipped="0" duration="1">\n`;
  for (const test of files(count))
    yield `<test-case id="${test}" name="Adds${test}" fullname="Shop.Sum.Adds${test}" classname="Shop.Sum" result="Passed" duration="0.001"/>\n`;
  yield '</test-suite></test-suite></test-run>\n';
}

function* tap(count) {
  yield `TAP version 13\n1..${count}\n`;
  for (const test of files(count))
    yield test % 50 === 0
      ? `not ok ${test + 1} - adds ${test}\n  ---\n  message: "expected ${test}"\n  at: test.js:${test}:1\n  ...\n`
      : `ok ${test + 1} - adds ${test}\n`;
}

function* goTest(count) {
  for (const test of files(count)) {
    const name = `"Time":"2026-01-01T00:00:00Z","Package":"shop/p${test % 50}","Test":"TestAdds${test}"`;
    yield `{"Action":"run",${name}}\n{"Action":"output",${name},"Output":"=== RUN   TestAdds${test}\\n"}\n{"Action":"pass",${name},"Elapsed":0.01}\n`;
  }
}

function* openmetrics(count) {
  yield '# TYPE requests counter\n';
  for (const sample of files(count)) yield `requests_total{path="/p${sample}",code="200"} ${sample}\n`;
  yield '# EOF\n';
}

/** Format → how to write a large file of it, and the package that reads it beside Herald. */
export const largeReports = {
  cobertura: {
    name: 'cobertura.xml',
    peer: 'cobertura-parse',
    generate: (path) => write(path, cobertura(10_000)),
  },
  lcov: { name: 'lcov.info', peer: 'lcov-parse', generate: (path) => write(path, lcov(10_000)) },
  jacoco: { name: 'jacoco.xml', peer: 'jacoco-parse', generate: (path) => write(path, jacoco(1_000)) },
  clover: {
    name: 'clover.xml',
    peer: '@cvrg-report/clover-json',
    generate: (path) => write(path, clover(2_000)),
  },
  trx: { name: 'large.trx', peer: 'test-results-parser', generate: (path) => write(path, trx(100_000)) },
  nunit3: {
    name: 'nunit3.xml',
    peer: 'test-results-parser',
    generate: (path) => write(path, nunit3(200_000)),
  },
  tap: { name: 'large.tap', peer: 'tap-parser', generate: (path) => write(path, tap(300_000)) },
  'go-test': {
    name: 'go-test.json',
    peer: 'readline and JSON.parse alone',
    generate: (path) => write(path, goTest(200_000)),
  },
  openmetrics: {
    name: 'metrics.prom',
    peer: 'parse-prometheus-text-format',
    generate: (path) => write(path, openmetrics(300_000)),
  },
};
