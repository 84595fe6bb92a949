import type { JsonFormat } from './format.ts';
import { actionlint } from './formats/actionlint.ts';
import { bandit } from './formats/bandit.ts';
import { biome } from './formats/biome.ts';
import { brakeman } from './formats/brakeman.ts';
import { browserPerformance } from './formats/browser-performance.ts';
import { cargoAudit } from './formats/cargo-audit.ts';
import { checkov } from './formats/checkov.ts';
import { codecov } from './formats/codecov.ts';
import { coveragePy } from './formats/coverage-py.ts';
import { ctrf } from './formats/ctrf.ts';
import { cucumber } from './formats/cucumber.ts';
import { cyclonedx } from './formats/cyclonedx.ts';
import { cypress } from './formats/cypress.ts';
import { dependencyCheck } from './formats/dependency-check.ts';
import { dotcoverJson } from './formats/dotcover-json.ts';
import { eslint } from './formats/eslint.ts';
import { gcovr } from './formats/gcovr.ts';
import { gcovrSummary } from './formats/gcovr-summary.ts';
import { gitlabCodeQuality } from './formats/gitlab-code-quality.ts';
import { gitlabSecure } from './formats/gitlab-secure.ts';
import { gitleaks } from './formats/gitleaks.ts';
import { golangciLint } from './formats/golangci-lint.ts';
import { googleBenchmark } from './formats/google-benchmark.ts';
import { gosec } from './formats/gosec.ts';
import { hadolint } from './formats/hadolint.ts';
import { hyperfine } from './formats/hyperfine.ts';
import { infracost } from './formats/infracost.ts';
import { istanbul } from './formats/istanbul.ts';
import { istanbulSummary } from './formats/istanbul-summary.ts';
import { jest } from './formats/jest.ts';
import { k6 } from './formats/k6.ts';
import { ktlint } from './formats/ktlint.ts';
import { kubeLinter } from './formats/kube-linter.ts';
import { licenses } from './formats/licenses.ts';
import { lighthouse } from './formats/lighthouse.ts';
import { lighthouseCi } from './formats/lighthouse-ci.ts';
import { llvmCov } from './formats/llvm-cov.ts';
import { markdownlint } from './formats/markdownlint.ts';
import { mocha } from './formats/mocha.ts';
import { mochawesome } from './formats/mochawesome.ts';
import { newman } from './formats/newman.ts';
import { npmAudit } from './formats/npm-audit.ts';
import { osvScanner } from './formats/osv-scanner.ts';
import { oxlint } from './formats/oxlint.ts';
import { pa11y } from './formats/pa11y.ts';
import { phpcs } from './formats/phpcs.ts';
import { phpstan } from './formats/phpstan.ts';
import { pipAudit } from './formats/pip-audit.ts';
import { playwright } from './formats/playwright.ts';
import { psalm } from './formats/psalm.ts';
import { pylint } from './formats/pylint.ts';
import { pyright } from './formats/pyright.ts';
import { pytestBenchmark } from './formats/pytest-benchmark.ts';
import { pytestJsonReport } from './formats/pytest-json-report.ts';
import { rdjson } from './formats/rdjson.ts';
import { retire } from './formats/retire.ts';
import { rspec } from './formats/rspec.ts';
import { rubocop } from './formats/rubocop.ts';
import { ruff } from './formats/ruff.ts';
import { safety } from './formats/safety.ts';
import { sarif } from './formats/sarif.ts';
import { semgrep } from './formats/semgrep.ts';
import { shellcheck } from './formats/shellcheck.ts';
import { simplecov } from './formats/simplecov.ts';
import { sizeLimit } from './formats/size-limit.ts';
import { snyk } from './formats/snyk.ts';
import { staticcheckList } from './formats/staticcheck-list.ts';
import { stryker } from './formats/stryker.ts';
import { stylelint } from './formats/stylelint.ts';
import { swiftlint } from './formats/swiftlint.ts';
import { terraform } from './formats/terraform.ts';
import { tflint } from './formats/tflint.ts';
import { tfsec } from './formats/tfsec.ts';
import { trivy } from './formats/trivy.ts';

/** The formats in JSON, the more specific first where two look alike. They are loaded when a file of JSON comes. */
export const jsonFormats = [
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
] as const satisfies readonly JsonFormat[];
