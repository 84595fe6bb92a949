import type { ReportFormat } from './format.ts';
import { actionlint } from './formats/actionlint.ts';
import { bandit } from './formats/bandit.ts';
import { biome } from './formats/biome.ts';
import { boostTest } from './formats/boost-test.ts';
import { brakeman } from './formats/brakeman.ts';
import { browserPerformance } from './formats/browser-performance.ts';
import { cargoAudit } from './formats/cargo-audit.ts';
import { cargoDeny } from './formats/cargo-deny.ts';
import { catch2 } from './formats/catch2.ts';
import { checkov } from './formats/checkov.ts';
import { checkstyle } from './formats/checkstyle.ts';
import { clippy } from './formats/clippy.ts';
import { clover } from './formats/clover.ts';
import { cobertura } from './formats/cobertura.ts';
import { codecov } from './formats/codecov.ts';
import { coveragePy } from './formats/coverage-py.ts';
import { cppcheck } from './formats/cppcheck.ts';
import { cppunit } from './formats/cppunit.ts';
import { ctest } from './formats/ctest.ts';
import { ctrf } from './formats/ctrf.ts';
import { cucumber } from './formats/cucumber.ts';
import { cucumberMessages } from './formats/cucumber-messages.ts';
import { cyclonedx } from './formats/cyclonedx.ts';
import { cyclonedxXml } from './formats/cyclonedx-xml.ts';
import { cypress } from './formats/cypress.ts';
import { dart } from './formats/dart.ts';
import { dependencyCheck } from './formats/dependency-check.ts';
import { dependencyCheckXml } from './formats/dependency-check-xml.ts';
import { dotcover } from './formats/dotcover.ts';
import { dotcoverJson } from './formats/dotcover-json.ts';
import { eslint } from './formats/eslint.ts';
import { gcov } from './formats/gcov.ts';
import { gcovr } from './formats/gcovr.ts';
import { gcovrSummary } from './formats/gcovr-summary.ts';
import { gitlabCodeQuality } from './formats/gitlab-code-quality.ts';
import { gitlabSecure } from './formats/gitlab-secure.ts';
import { gitleaks } from './formats/gitleaks.ts';
import { goBenchmark } from './formats/go-benchmark.ts';
import { goCover } from './formats/go-cover.ts';
import { goTest } from './formats/go-test.ts';
import { golangciLint } from './formats/golangci-lint.ts';
import { googleBenchmark } from './formats/google-benchmark.ts';
import { gosec } from './formats/gosec.ts';
import { hadolint } from './formats/hadolint.ts';
import { hyperfine } from './formats/hyperfine.ts';
import { infracost } from './formats/infracost.ts';
import { istanbul } from './formats/istanbul.ts';
import { istanbulSummary } from './formats/istanbul-summary.ts';
import { jacoco } from './formats/jacoco.ts';
import { jest } from './formats/jest.ts';
import { junit } from './formats/junit.ts';
import { k6 } from './formats/k6.ts';
import { ktlint } from './formats/ktlint.ts';
import { kubeLinter } from './formats/kube-linter.ts';
import { lcov } from './formats/lcov.ts';
import { libtest } from './formats/libtest.ts';
import { licenses } from './formats/licenses.ts';
import { lighthouse } from './formats/lighthouse.ts';
import { lighthouseCi } from './formats/lighthouse-ci.ts';
import { llvmCov } from './formats/llvm-cov.ts';
import { markdownlint } from './formats/markdownlint.ts';
import { mocha } from './formats/mocha.ts';
import { mochawesome } from './formats/mochawesome.ts';
import { mypy } from './formats/mypy.ts';
import { newman } from './formats/newman.ts';
import { npmAudit } from './formats/npm-audit.ts';
import { nunit2 } from './formats/nunit2.ts';
import { nunit3 } from './formats/nunit3.ts';
import { opencover } from './formats/opencover.ts';
import { openmetrics } from './formats/openmetrics.ts';
import { osvScanner } from './formats/osv-scanner.ts';
import { oxlint } from './formats/oxlint.ts';
import { pa11y } from './formats/pa11y.ts';
import { phpcs } from './formats/phpcs.ts';
import { phpstan } from './formats/phpstan.ts';
import { pipAudit } from './formats/pip-audit.ts';
import { pit } from './formats/pit.ts';
import { playwright } from './formats/playwright.ts';
import { pmd } from './formats/pmd.ts';
import { psalm } from './formats/psalm.ts';
import { pylint } from './formats/pylint.ts';
import { pyright } from './formats/pyright.ts';
import { pytestBenchmark } from './formats/pytest-benchmark.ts';
import { pytestJsonReport } from './formats/pytest-json-report.ts';
import { pytestReportlog } from './formats/pytest-reportlog.ts';
import { qtest } from './formats/qtest.ts';
import { rdjson } from './formats/rdjson.ts';
import { rdjsonl } from './formats/rdjsonl.ts';
import { retire } from './formats/retire.ts';
import { robot } from './formats/robot.ts';
import { rspec } from './formats/rspec.ts';
import { rubocop } from './formats/rubocop.ts';
import { ruff } from './formats/ruff.ts';
import { safety } from './formats/safety.ts';
import { sarif } from './formats/sarif.ts';
import { scoverage } from './formats/scoverage.ts';
import { semgrep } from './formats/semgrep.ts';
import { shellcheck } from './formats/shellcheck.ts';
import { simplecov } from './formats/simplecov.ts';
import { sizeLimit } from './formats/size-limit.ts';
import { snyk } from './formats/snyk.ts';
import { sonarCoverage } from './formats/sonar-coverage.ts';
import { sonarTests } from './formats/sonar-tests.ts';
import { spotbugs } from './formats/spotbugs.ts';
import { staticcheck } from './formats/staticcheck.ts';
import { staticcheckList } from './formats/staticcheck-list.ts';
import { stryker } from './formats/stryker.ts';
import { stylelint } from './formats/stylelint.ts';
import { swiftlint } from './formats/swiftlint.ts';
import { tap } from './formats/tap.ts';
import { terraform } from './formats/terraform.ts';
import { testng } from './formats/testng.ts';
import { tflint } from './formats/tflint.ts';
import { tfsec } from './formats/tfsec.ts';
import { trivy } from './formats/trivy.ts';
import { trx } from './formats/trx.ts';
import { unittestCpp } from './formats/unittest-cpp.ts';
import { visualStudio } from './formats/visual-studio.ts';
import { xunit } from './formats/xunit.ts';
import { yarnAudit } from './formats/yarn-audit.ts';

/** Every report format, the more specific first where two look alike. Adding one: docs/guides/add-a-format.md. */
export const formats = [
  trx,
  nunit3,
  nunit2,
  xunit,
  robot,
  junit,
  ctest,
  boostTest,
  qtest,
  catch2,
  unittestCpp,
  cppunit,
  sonarTests,
  testng,
  clover,
  cobertura,
  jacoco,
  sonarCoverage,
  opencover,
  dotcover,
  visualStudio,
  scoverage,
  pit,
  checkstyle,
  cppcheck,
  pmd,
  spotbugs,
  dependencyCheckXml,
  cyclonedxXml,
  istanbulSummary,
  istanbul,
  llvmCov,
  coveragePy,
  simplecov,
  gcovr,
  gcovrSummary,
  dotcoverJson,
  codecov,
  stryker,
  ctrf,
  jest,
  playwright,
  mochawesome,
  mocha,
  cypress,
  pytestJsonReport,
  newman,
  rspec,
  cucumber,
  goTest,
  dart,
  libtest,
  pytestReportlog,
  cucumberMessages,
  rdjsonl,
  staticcheck,
  clippy,
  cargoDeny,
  mypy,
  yarnAudit,
  sarif,
  cyclonedx,
  trivy,
  gitlabSecure,
  npmAudit,
  brakeman,
  checkov,
  tflint,
  tfsec,
  kubeLinter,
  cargoAudit,
  phpcs,
  phpstan,
  psalm,
  ktlint,
  swiftlint,
  dependencyCheck,
  markdownlint,
  actionlint,
  pipAudit,
  osvScanner,
  retire,
  snyk,
  biome,
  oxlint,
  safety,
  semgrep,
  bandit,
  gosec,
  golangciLint,
  pyright,
  rubocop,
  pa11y,
  rdjson,
  hadolint,
  shellcheck,
  gitleaks,
  stylelint,
  ruff,
  staticcheckList,
  sizeLimit,
  browserPerformance,
  eslint,
  pylint,
  gitlabCodeQuality,
  licenses,
  lighthouse,
  lighthouseCi,
  infracost,
  pytestBenchmark,
  googleBenchmark,
  hyperfine,
  k6,
  terraform,
  lcov,
  goCover,
  gcov,
  tap,
  goBenchmark,
  openmetrics,
] as const satisfies readonly ReportFormat[];
