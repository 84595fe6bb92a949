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

const wrapped = (open, close, item) =>
  function* generate(count) {
    yield open;
    for (const index of files(count)) yield item(index);
    yield close;
  };

const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
const others = {
  checkstyle: wrapped(
    `${xml}<checkstyle version="10">\n`,
    '</checkstyle>\n',
    (n) =>
      `<file name="src/m${n}.java"><error line="${n % 400}" severity="warning" message="Line is longer than ${n}" source="LineLength"/></file>\n`,
  ),
  cppcheck: wrapped(
    `${xml}<results version="2"><cppcheck version="2.13"/><errors>\n`,
    '</errors></results>\n',
    (n) =>
      `<error id="nullPointer" severity="error" msg="Null pointer ${n}" verbose="Null pointer ${n}"><location file="src/m${n}.c" line="${n % 400}"/></error>\n`,
  ),
  pmd: wrapped(
    `${xml}<pmd xmlns="http://pmd.sourceforge.net/report/2.0.0" version="7.0">\n`,
    '</pmd>\n',
    (n) =>
      `<file name="src/m${n}.java"><violation beginline="${n % 400}" endline="${n % 400}" rule="Unused" ruleset="Best" priority="3">Unused ${n}</violation></file>\n`,
  ),
  spotbugs: wrapped(
    `${xml}<BugCollection version="4.8">\n`,
    '</BugCollection>\n',
    (n) =>
      `<BugInstance type="NP" priority="2" category="CORRECTNESS"><LongMessage>Null ${n}</LongMessage><SourceLine sourcepath="shop/M${n}.java" start="${n % 400}" end="${n % 400}"/></BugInstance>\n`,
  ),
  'cyclonedx-xml': wrapped(
    `${xml}<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components/><vulnerabilities>\n`,
    '</vulnerabilities></bom>\n',
    (n) =>
      `<vulnerability><id>CVE-2026-${n}</id><ratings><rating><severity>high</severity></rating></ratings><affects><target><ref>pkg${n}</ref></target></affects></vulnerability>\n`,
  ),
  xunit: wrapped(
    `${xml}<assemblies><assembly name="Shop.dll"><collection name="c">\n`,
    '</collection></assembly></assemblies>\n',
    (n) => `<test name="Shop.Sum.Adds${n}" type="Shop.Sum" method="Adds${n}" time="0.001" result="Pass"/>\n`,
  ),
  nunit2: wrapped(
    `${xml}<test-results name="Shop"><test-suite name="Sum"><results>\n`,
    '</results></test-suite></test-results>\n',
    (n) =>
      `<test-case name="Shop.Sum.Adds${n}" executed="True" result="Success" success="True" time="0.001"/>\n`,
  ),
  robot: wrapped(
    `${xml}<robot><suite name="Shop">\n`,
    '</suite></robot>\n',
    (n) =>
      `<test name="Adds ${n}" line="${n % 400}"><kw name="Add"><status status="PASS"/></kw><status status="PASS" elapsed="0.001"/></test>\n`,
  ),
  opencover: wrapped(
    `${xml}<CoverageSession><Modules><Module><Files><File uid="1" fullPath="/app/A.cs"/></Files><Classes><Class><Methods>\n`,
    '</Methods></Class></Classes></Module></Modules></CoverageSession>\n',
    (n) =>
      `<Method visited="true"><FileRef uid="1"/><SequencePoints><SequencePoint vc="${n % 10}" sl="${(n % 100_000) + 1}" el="${(n % 100_000) + 1}" fileid="1"/></SequencePoints></Method>\n`,
  ),
  'go-cover': wrapped(
    'mode: count\n',
    '',
    (n) => `example.com/shop/m${n % 5_000}.go:${(n % 400) + 1}.2,${(n % 400) + 3}.10 2 ${n % 10}\n`,
  ),
  'go-benchmark': wrapped(
    'goos: linux\npkg: shop\n',
    'PASS\n',
    (n) => `BenchmarkSort${n % 10_000}-8   \t  1000\t   ${2_000 + (n % 100)} ns/op\t  64 B/op\n`,
  ),
  rdjsonl: wrapped(
    '',
    '',
    (n) =>
      `{"message":"unused ${n}","location":{"path":"src/m${n}.ts","range":{"start":{"line":${(n % 400) + 1}}}},"severity":"WARNING"}\n`,
  ),
  dart: wrapped(
    '{"protocolVersion":"0.1.1","type":"start","time":0}\n',
    '',
    (n) =>
      `{"type":"testStart","test":{"id":${n},"name":"adds ${n}","suiteID":0,"groupIDs":[]},"time":1}\n{"type":"testDone","testID":${n},"result":"success","hidden":false,"time":2}\n`,
  ),
};

/** What these are read beside, as no npm package reads them: the least that their syntax takes. */
const leastOf = {
  'go-cover': 'lines alone',
  'go-benchmark': 'lines alone',
  rdjsonl: 'JSON.parse alone',
  dart: 'JSON.parse alone',
};

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
  ...Object.fromEntries(
    Object.entries(others).map(([format, generator]) => [
      format,
      {
        name: `large-${format}.txt`,
        peer: leastOf[format] ?? 'saxes, count only',
        generate: (path) => write(path, generator(100_000)),
      },
    ]),
  ),
};
