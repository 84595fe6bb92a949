import type { JsonLinesFormat, TextFormat } from './format.ts';
import { cargoDeny } from './formats/cargo-deny.ts';
import { clippy } from './formats/clippy.ts';
import { cucumberMessages } from './formats/cucumber-messages.ts';
import { dart } from './formats/dart.ts';
import { gcov } from './formats/gcov.ts';
import { goBenchmark } from './formats/go-benchmark.ts';
import { goCover } from './formats/go-cover.ts';
import { goTest } from './formats/go-test.ts';
import { lcov } from './formats/lcov.ts';
import { libtest } from './formats/libtest.ts';
import { mypy } from './formats/mypy.ts';
import { openmetrics } from './formats/openmetrics.ts';
import { pytestReportlog } from './formats/pytest-reportlog.ts';
import { rdjsonl } from './formats/rdjsonl.ts';
import { staticcheck } from './formats/staticcheck.ts';
import { tap } from './formats/tap.ts';
import { yarnAudit } from './formats/yarn-audit.ts';

/** The formats that are read line by line, the more specific first where two look alike. */
export const lineFormats = [
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
  lcov,
  goCover,
  gcov,
  tap,
  goBenchmark,
  openmetrics,
] as const satisfies readonly (JsonLinesFormat | TextFormat)[];
