import { coberturaTarget } from './cobertura.ts';
import { codeQualityTarget } from './code-quality.ts';
import { junitTarget } from './junit.ts';
import { sarifTarget } from './sarif.ts';
import type { ConvertTarget } from './target.ts';

/** Everything that `herald convert` writes. */
export const convertTargets: readonly ConvertTarget[] = [
  junitTarget,
  coberturaTarget,
  codeQualityTarget,
  sarifTarget,
];
