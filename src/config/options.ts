import { botOptions } from './bot-options.ts';
import { demoOptions } from './demo-options.ts';
import { digestOptions } from './digest-options.ts';
import { doctorOptions } from './doctor-options.ts';
import { convertOptions, inspectOptions } from './inspect-options.ts';
import { releaseNotesOptions } from './release-notes-options.ts';
import { explainOptions, reportOptions } from './report-options.ts';
import { searchOptions } from './search-options.ts';
import { serveOptions } from './serve-options.ts';
import { setupOptions } from './setup-options.ts';
import { trackReleaseOptions } from './track-release-options.ts';
import { commentCommandOptions, labelOptions, statusOptions } from './write-options.ts';

/**
 * Every option of every command, once. From these schemas come the flags (`--fail-on`), the environment variables
 * (`HERALD_FAIL_ON`), the keys of `.herald.yml` (`fail-on`), their help, the JSON Schema for editors, the inputs of the
 * components and docs/reference/options.md. `input: true` in the meta offers the option as an input of the component.
 *
 * A command imports its own schema; this table builds all of them.
 */
export const optionsByCommand = {
  report: reportOptions,
  explain: explainOptions,
  inspect: inspectOptions,
  convert: convertOptions,
  setup: setupOptions,
  comment: commentCommandOptions,
  status: statusOptions,
  label: labelOptions,
  'track-release': trackReleaseOptions,
  bot: botOptions,
  'release-notes': releaseNotesOptions,
  digest: digestOptions,
  serve: serveOptions,
  search: searchOptions,
  doctor: doctorOptions,
  demo: demoOptions,
} as const;
