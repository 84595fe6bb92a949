import type { ReportFormat } from './format.ts';
import { jsonFormats } from './json-formats.ts';
import { lineFormats } from './line-formats.ts';
import { xmlFormats } from './xml-formats.ts';

/** Every report format, with its reader. Adding one: docs/guides/add-a-format.md. */
export const formats: readonly ReportFormat[] = [...xmlFormats, ...jsonFormats, ...lineFormats];
