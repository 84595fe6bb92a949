/**
 * What in the text of a report says that something failed, written from the formats' specifications and not from Herald's readers, and
 * how a text of each format is made red. An oracle for texts: it knows nothing of structure, so it sees red that a reader might lose.
 */
export interface RedSigns {
  /** Any match means that the report says of a failure. */
  readonly red: RegExp;
  /** A word of success, and the word of failure that may take its place. */
  readonly flips: readonly (readonly [success: RegExp, failure: string])[];
  /** One entry of the report, to be said twice: failed, and then as it was. */
  readonly entry: RegExp | null;
  /** False where the end of a text cannot be told from a cut, with the reason beside it. */
  readonly endsVisibly: boolean;
}

const xmlCount = /\b(?:failures|errors|failed|error|failed-tests|errorTests|unsuccessful)="0"/;

/** By the name of the format; every format of tests has its own. */
export const signsOfRed: Readonly<Record<string, RedSigns>> = {
  // https://github.com/testmoapp/junitxml
  junit: {
    red: /<(?:failure|error)[\s/>]|\b(?:failures|errors)="0*[1-9]|\b(?:status|result)="(?:fail|failed|failure|error)"/i,
    flips: [
      [/<skipped\b/, '<failure'],
      [/(?<=<testcase\b[^>]*)\/>/, '><failure message="mutated"/></testcase>'],
      [xmlCount, 'failures="2"'],
      [/<flakyFailure\b/, '<failure'],
    ],
    entry: /<testcase\b[^>]*\/>/,
    endsVisibly: true,
  },
  // https://learn.microsoft.com/en-us/dotnet/api/microsoft.visualstudio.testtools.testmanagement.testoutcome
  trx: {
    red: /\boutcome="(?:Failed|Error|Timeout|Aborted|Disconnected)"|\b(?:failed|error|timeout|aborted)="0*[1-9]/i,
    flips: [
      [/\boutcome="Passed"/, 'outcome="Failed"'],
      [/\boutcome="Completed"/, 'outcome="Failed"'],
      [/\bfailed="0"/, 'failed="1"'],
    ],
    entry: /<UnitTestResult\b[^>]*outcome="Passed"[^>]*\/>/,
    endsVisibly: true,
  },
  // https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html
  nunit3: {
    red: /\bresult="Failed"|<failure[\s>]|\bfailed="0*[1-9]/,
    flips: [
      [/\bresult="Passed"/, 'result="Failed"'],
      [/\bfailed="0"/, 'failed="1"'],
    ],
    entry: /<test-case\b[^>]*result="Passed"[^>]*\/>/,
    endsVisibly: true,
  },
  // https://nunit.org/docs/2.6/files/Results.xsd
  nunit2: {
    red: /\bsuccess="False"|\bresult="(?:Failure|Error)"|<failure[\s>]|\b(?:failures|errors)="0*[1-9]/,
    flips: [
      [/\bsuccess="True"/, 'success="False"'],
      [/\bresult="Success"/, 'result="Failure"'],
      [/\bfailures="0"/, 'failures="3"'],
    ],
    entry: /<test-case\b[^>]*success="True"[^>]*\/>/,
    endsVisibly: true,
  },
  // https://xunit.net/docs/format-xml-v2
  xunit: {
    red: /\bresult="Fail"|<failure[\s>]|\b(?:failed|errors)="0*[1-9]/,
    flips: [
      [/\bresult="Pass"/, 'result="Fail"'],
      [/\bfailed="0"/, 'failed="1"'],
      [/\berrors="0"/, 'errors="1"'],
    ],
    entry: /<test\b[^>]*result="Pass"[^>]*\/>/,
    endsVisibly: true,
  },
  // https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#output-file
  robot: {
    red: /<stat\b[^>]*\bfail="0*[1-9]|<status\b[^>]*status="FAIL"[^>]*(?:\/>|>[^<]*<\/status>)\s*<\/(?:test|suite)>/,
    flips: [[/\bfail="0"/, 'fail="1"']],
    entry: null,
    endsVisibly: true,
  },
  // https://ctrf.io/docs/specification/overview
  ctrf: {
    red: /"status"\s*:\s*"failed"|"failed"\s*:\s*[1-9]/,
    flips: [
      [/"status"\s*:\s*"passed"/, '"status":"failed"'],
      [/"failed"\s*:\s*0/, '"failed":2'],
    ],
    entry: /\{[^{}]*"status"\s*:\s*"passed"[^{}]*\}/,
    endsVisibly: true,
  },
  // https://jestjs.io/docs/cli#--json
  jest: {
    red: /"status"\s*:\s*"failed"|"num(?:Failed|RuntimeErrorTest)\w*"\s*:\s*[1-9]|"success"\s*:\s*false/,
    flips: [
      [/"status"\s*:\s*"passed"/, '"status":"failed"'],
      [/"numFailedTests"\s*:\s*0/, '"numFailedTests":1'],
      [/"numFailedTestSuites"\s*:\s*0/, '"numFailedTestSuites":1'],
      [/"success"\s*:\s*true/, '"success":false'],
    ],
    entry: /\{[^{}]*"status"\s*:\s*"passed"[^{}]*\}/,
    endsVisibly: true,
  },
  // https://playwright.dev/docs/test-reporters#json-reporter
  playwright: {
    red: /"unexpected"\s*:\s*[1-9]|"status"\s*:\s*"unexpected"/,
    flips: [
      [/"unexpected"\s*:\s*0/, '"unexpected":1'],
      [/"status"\s*:\s*"expected"/, '"status":"unexpected"'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://mochajs.org/#json
  mocha: {
    red: /"failures"\s*:\s*[1-9]|"failures"\s*:\s*\[\s*\{/,
    flips: [[/"failures"\s*:\s*0/, '"failures":1']],
    entry: null,
    endsVisibly: true,
  },
  // https://rspec.info/features/3-13/rspec-core/formatters/json-formatter/
  rspec: {
    red: /"status"\s*:\s*"failed"|"(?:failure_count|errors_outside_of_examples_count)"\s*:\s*[1-9]/,
    flips: [
      [/"status"\s*:\s*"passed"/, '"status":"failed"'],
      [/"failure_count"\s*:\s*0/, '"failure_count":1'],
      [/"errors_outside_of_examples_count"\s*:\s*0/, '"errors_outside_of_examples_count":1'],
    ],
    entry: /\{[^{}]*"status"\s*:\s*"passed"[^{}]*\}/,
    endsVisibly: true,
  },
  // https://github.com/cucumber/cucumber-json-schema
  cucumber: {
    red: /"status"\s*:\s*"(?:failed|ambiguous)"/,
    flips: [[/"status"\s*:\s*"passed"/, '"status":"failed"']],
    entry: null,
    endsVisibly: true,
  },
  // https://pkg.go.dev/cmd/test2json
  'go-test': {
    red: /"Action":"(?:fail|build-fail)"/,
    flips: [[/"Action":"pass"/, '"Action":"fail"']],
    entry: null,
    endsVisibly: true,
  },
  // https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md
  dart: {
    red: /"result":"(?:failure|error)"|"success":false/,
    flips: [
      [/"result":"success"/, '"result":"failure"'],
      [/"success":true/, '"success":false'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://testanything.org/tap-version-14-specification.html
  tap: {
    red: /^not ok\b(?!.*#\s*(?:todo|skip))|^Bail out!/im,
    flips: [[/^ok\b/m, 'not ok']],
    entry: /^ok [^\n]*\n/m,
    endsVisibly: true,
  },
};
