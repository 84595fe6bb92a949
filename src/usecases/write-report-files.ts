import { heraldReportOf } from '../compare/herald-report.ts';
import type { Files } from '../io/port.ts';
import type { Summary } from '../model/summary.ts';
import { heraldReportFile } from './fetch-baseline.ts';

/** Writes `herald-report.json`, `.md` and `.html`; each whole or not at all. */
export async function writeReportFiles(
  summary: Summary,
  rendered: { readonly markdown: string; readonly html: string; readonly commentPage: string },
  { output, now }: { readonly output: Files; readonly now: Date },
): Promise<void> {
  await output.write(heraldReportFile, `${JSON.stringify(heraldReportOf(summary, now))}\n`);
  await output.write('herald-report.md', rendered.markdown);
  await output.write('herald-report.html', rendered.html);
}
