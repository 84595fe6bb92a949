import type { ReportFormat } from './format.ts';
import { bandit } from './formats/bandit.ts';
import { browserPerformance } from './formats/browser-performance.ts';
import { checkstyle } from './formats/checkstyle.ts';
import { clover } from './formats/clover.ts';
import { cobertura } from './formats/cobertura.ts';
import { codecov } from './formats/codecov.ts';
import { coveragePy } from './formats/coverage-py.ts';
import { cppcheck } from './formats/cppcheck.ts';
import { ctrf } from './formats/ctrf.ts';
import { cucumber } from './formats/cucumber.ts';
import { cyclonedx } from './formats/cyclonedx.ts';
import { cyclonedxXml } from './formats/cyclonedx-xml.ts';
import { dart } from './formats/dart.ts';
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
import { istanbul } from './formats/istanbul.ts';
import { istanbulSummary } from './formats/istanbul-summary.ts';
import { jacoco } from './formats/jacoco.ts';
import { jest } from './formats/jest.ts';
import { junit } from './formats/junit.ts';
import { k6 } from './formats/k6.ts';
import { lcov } from './formats/lcov.ts';
import { licenses } from './formats/licenses.ts';
import { lighthouse } from './formats/lighthouse.ts';
import { llvmCov } from './formats/llvm-cov.ts';
import { mocha } from './formats/mocha.ts';
import { npmAudit } from './formats/npm-audit.ts';
import { nunit2 } from './formats/nunit2.ts';
import { nunit3 } from './formats/nunit3.ts';
import { opencover } from './formats/opencover.ts';
import { openmetrics } from './formats/openmetrics.ts';
import { pa11y } from './formats/pa11y.ts';
import { pit } from './formats/pit.ts';
import { playwright } from './formats/playwright.ts';
import { pmd } from './formats/pmd.ts';
import { pylint } from './formats/pylint.ts';
import { pyright } from './formats/pyright.ts';
import { pytestBenchmark } from './formats/pytest-benchmark.ts';
import { rdjson } from './formats/rdjson.ts';
import { rdjsonl } from './formats/rdjsonl.ts';
import { robot } from './formats/robot.ts';
import { rspec } from './formats/rspec.ts';
import { rubocop } from './formats/rubocop.ts';
import { ruff } from './formats/ruff.ts';
import { sarif } from './formats/sarif.ts';
import { scoverage } from './formats/scoverage.ts';
import { semgrep } from './formats/semgrep.ts';
import { shellcheck } from './formats/shellcheck.ts';
import { simplecov } from './formats/simplecov.ts';
import { sizeLimit } from './formats/size-limit.ts';
import { sonarCoverage } from './formats/sonar-coverage.ts';
import { spotbugs } from './formats/spotbugs.ts';
import { staticcheck } from './formats/staticcheck.ts';
import { staticcheckList } from './formats/staticcheck-list.ts';
import { stryker } from './formats/stryker.ts';
import { stylelint } from './formats/stylelint.ts';
import { tap } from './formats/tap.ts';
import { terraform } from './formats/terraform.ts';
import { trivy } from './formats/trivy.ts';
import { trx } from './formats/trx.ts';
import { visualStudio } from './formats/visual-studio.ts';
import { xunit } from './formats/xunit.ts';

/** Every report format, the more specific first where two look alike. Adding one: docs/guides/add-a-format.md. */
export const formats = [
  trx,
  nunit3,
  nunit2,
  xunit,
  robot,
  junit,
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
  mocha,
  rspec,
  cucumber,
  goTest,
  dart,
  rdjsonl,
  staticcheck,
  sarif,
  cyclonedx,
  trivy,
  gitlabSecure,
  npmAudit,
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
