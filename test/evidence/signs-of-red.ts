/**
 * What in the text of a report says that something failed, written from the formats' specifications and not from
 * Herald's readers, and how a text of each format is made red. An oracle for texts: it knows nothing of structure, so
 * it sees red that a reader might lose.
 */
export interface RedSigns {
  /** Any match means that the report says of a failure. */
  readonly red: RegExp;
  /** A word of success, and the word of failure that may take its place. */
  readonly flips: readonly (readonly [success: RegExp, failure: string])[];
  /** One entry of the report, to be said twice: failed, and then as it was. */
  readonly entry: RegExp | null;
  /** How many entries the report says that it has: an entry more is counted, or the report itself calls the two one. */
  readonly total?: RegExp;
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
    total: /(?<=\btests=")\d+/g,
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
    total: /(?<=\btotal=")\d+/g,
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
    total: /(?<=\b(?:total|testcasecount)=")\d+/g,
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
    total: /(?<=\btotal=")\d+/g,
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
    total: /(?<=\btotal=")\d+/g,
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
    total: /(?<="tests"\s*:\s*)\d+/g,
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
    total: /(?<="numTotalTests"\s*:\s*)\d+/g,
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
    total: /(?<="example_count"\s*:\s*)\d+/g,
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
    total: /(?<=^1\.\.)\d+/gm,
    endsVisibly: true,
  },
  // https://www.boost.org/doc/libs/release/libs/test/doc/html/boost_test/test_output/log_formats/test_log_xml.html and …/report_formats.html
  'boost-test': {
    red: /<(?:Error|FatalError|Exception)[\s>]|\bresult="(?:failed|aborted)"|\btest_cases_(?:failed|aborted|timed_out)="0*[1-9]/,
    flips: [
      [/\bresult="passed"/, 'result="failed"'],
      [/(?=<TestingTime>)/, '<Error file="a.cpp" line="1"><![CDATA[mutated]]></Error>'],
      [/\btest_cases_failed="0"/, 'test_cases_failed="1"'],
      [/\bresult="passed"/, 'result="aborted"'],
    ],
    entry: /<TestCase\b[^>]*result="passed"[^>]*\/>/,
    total: /(?<=\btest_cases_passed=")\d+/g,
    endsVisibly: true,
  },
  // https://github.com/catchorg/Catch2/blob/devel/src/catch2/reporters/catch_reporter_xml.cpp
  catch2: {
    red: /<OverallResult\b[^>]*\bsuccess="false"|<OverallResults(?:Cases|TestCases)?\b[^>]*\bfailures="0*[1-9]|\btest_case_success="false"|<FatalErrorCondition\b/,
    flips: [
      [/(?<=<OverallResult\b[^>]*)\bsuccess="true"/, 'success="false"'],
      [/(?<=<OverallResults(?:Cases|TestCases)\b[^>]*)\bfailures="0"/, 'failures="1"'],
      [/\btest_case_success="true"/, 'test_case_success="false"'],
    ],
    entry: /<TestCase\b[^>]*[^/]><OverallResult\b[^>]*success="true"[^>]*\/><\/TestCase>/,
    total: /(?<=<OverallResultsCases successes=")\d+/g,
    endsVisibly: true,
  },
  // https://cppunit.sourceforge.net/doc/cvs/class_xml_outputter.html
  cppunit: {
    red: /<FailedTest[\s>]|<(?:Failures|FailuresTotal|Errors)>\s*0*[1-9]/,
    flips: [
      [/<FailuresTotal>0/, '<FailuresTotal>1'],
      [/<Failures>0/, '<Failures>1'],
      [/<Errors>0/, '<Errors>1'],
      [
        /(?=<\/FailedTests>)/,
        '<FailedTest id="9"><Name>Mutated::one</Name><FailureType>Assertion</FailureType><Message>no</Message></FailedTest>',
      ],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://gitlab.kitware.com/cmake/cmake/-/blob/master/Source/CTest/cmCTestTestHandler.cxx
  ctest: {
    red: /<Test\b[^>]*\bStatus="failed"/,
    flips: [[/\bStatus="passed"/, 'Status="failed"']],
    entry: /<Test Status="passed">(?:(?!<\/Test>)[\s\S])*<\/Test>/,
    endsVisibly: true,
  },
  // https://github.com/cucumber/messages/blob/main/messages.md; the samples that are flipped have no attempt that is to be retried
  'cucumber-messages': {
    red: /"status"\s*:\s*"(?:FAILED|AMBIGUOUS)"|"success"\s*:\s*false/,
    flips: [
      [/"status"\s*:\s*"PASSED"/, '"status": "FAILED"'],
      [/"success"\s*:\s*true/, '"success": false'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://docs.cypress.io/app/references/module-api#Results; attempts that failed before one that passed are no failure of the test
  cypress: {
    red: /"totalFailed"\s*:\s*[1-9]|"status"\s*:\s*"failed"|"error"\s*:\s*"|"title"\s*:\s*\[[^\]]*\]\s*,\s*"state"\s*:\s*"failed"/,
    flips: [
      [/(?<="title"\s*:\s*\[[^\]]*\]\s*,\s*"state"\s*:\s*)"passed"/, '"failed"'],
      [/"totalFailed"\s*:\s*0/, '"totalFailed": 1'],
      [/"error"\s*:\s*null(?=\s*,\s*"tests")/, '"error": "it did not compile"'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://github.com/rust-lang/rust/blob/master/library/test/src/formatters/json.rs
  libtest: {
    red: /"event"\s*:\s*"failed"|"failed"\s*:\s*[1-9]/,
    flips: [
      [/"event"\s*:\s*"ok"/, '"event": "failed"'],
      [/"failed"\s*:\s*0/, '"failed": 1'],
    ],
    entry: /\{"type": "test"[^\n]*"event": "ok"[^\n]*\n/,
    total: /(?<="test_count": )\d+/g,
    endsVisibly: true,
  },
  // https://github.com/adamgruber/mochawesome#output
  mochawesome: {
    red: /"failures"\s*:\s*[1-9]|"state"\s*:\s*"failed"/,
    flips: [
      [/"state"\s*:\s*"passed"/, '"state": "failed"'],
      [/"failures"\s*:\s*0/, '"failures": 1'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://learning.postman.com/docs/collections/using-newman-cli/newman-built-in-reporters/#json-reporter
  newman: {
    red: /"failed"\s*:\s*[1-9]|"(?:error|requestError)"\s*:\s*\{/,
    flips: [
      [/"failed"\s*:\s*0/, '"failed": 1'],
      [
        /"skipped"\s*:\s*false/,
        '"skipped": false, "error": {"name": "AssertionError", "message": "mutated"}',
      ],
      [/"failures"\s*:\s*\[\s*\]/, '"failures": [{"error": {"message": "mutated"}}]'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://github.com/numirias/pytest-json-report#format
  'pytest-json-report': {
    red: /"outcome"\s*:\s*"(?:failed|error)"|"(?:failed|error)"\s*:\s*[1-9]|"exitcode"\s*:\s*[1-9]/,
    flips: [
      [/(?<="lineno"\s*:\s*\d+\s*,\s*)"outcome"\s*:\s*"passed"/, '"outcome": "failed"'],
      [/"outcome"\s*:\s*"passed"/, '"outcome": "failed"'],
      [/"exitcode"\s*:\s*0/, '"exitcode": 1'],
      [/"failed"\s*:\s*0/, '"failed": 1'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://github.com/pytest-dev/pytest-reportlog; https://docs.pytest.org/en/stable/reference/exit-codes.html
  'pytest-reportlog': {
    red: /"outcome"\s*:\s*"failed"|"exitstatus"\s*:\s*[1-9]/,
    flips: [
      [/"outcome"\s*:\s*"passed"/, '"outcome": "failed"'],
      [/"exitstatus"\s*:\s*0/, '"exitstatus": 1'],
    ],
    entry: null,
    endsVisibly: true,
  },
  // https://github.com/qt/qtbase/blob/dev/src/testlib/qxmltestlogger.cpp; what is blacklisted (`bfail`) fails nothing
  qtest: {
    red: /<Incident\b[^>]*\btype="(?:fail|xpass)"|<Message\b[^>]*\btype="qfatal"/,
    flips: [
      [/(?<=<Incident\b[^>]*)\btype="pass"/, 'type="fail"'],
      [/(?<=<Incident\b[^>]*)\btype="pass"/, 'type="xpass"'],
    ],
    entry: /<TestFunction\b[^>]*><Incident type="pass"[^>]*\/><\/TestFunction>/,
    endsVisibly: true,
  },
  // https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/test-coverage/generic-test-data/
  'sonar-tests': {
    red: /<(?:failure|error)[\s/>]/,
    flips: [
      [/<skipped\b/, '<failure'],
      [/(?<=<testCase\b[^>]*)\/>/, '><failure message="mutated"/></testCase>'],
      [/(?<=<testCase\b[^>]*)\/>/, '><error message="mutated"/></testCase>'],
    ],
    entry: /<testCase\b[^>]*\/>/,
    endsVisibly: true,
  },
  // https://testng.org/#_xml_reports
  testng: {
    red: /\bstatus="FAIL"|\bfailed="0*[1-9]/,
    flips: [
      [/\bstatus="PASS"/, 'status="FAIL"'],
      [/\bfailed="0"/, 'failed="1"'],
    ],
    entry: /<test-method\b[^>]*status="PASS"[^>]*\/>/,
    total: /(?<=\btotal=")\d+/g,
    endsVisibly: true,
  },
  // https://github.com/unittest-cpp/unittest-cpp/blob/master/UnitTest++/XmlTestReporter.cpp
  'unittest-cpp': {
    red: /<failure\b|\b(?:failedtests|failures)="0*[1-9]/,
    flips: [
      [/\bfailures="0"/, 'failures="1"'],
      [/\bfailedtests="0"/, 'failedtests="1"'],
      [/(?<=<test\b[^>]*)\/>/, '><failure message="a.cpp(1) : mutated"/></test>'],
    ],
    entry: /<test\b[^>]*\/>/,
    total: /(?<=\btests=")\d+/g,
    endsVisibly: true,
  },
};
