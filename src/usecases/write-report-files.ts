import { heraldReportOf } from '../baseline/herald-report.ts';
import type { Files } from '../io/port.ts';
import type { EarlierRun } from '../model/earlier-run.ts';
import type { Summary } from '../model/summary.ts';
import { heraldReportFile } from './baseline-search.ts';

/** Writes `herald-report.json`, `.md` and `.html`; each whole or not at all. The history of `previous` goes on in the first. */
export async function writeReportFiles(
  { summary, previous }: { readonly summary: Summary; readonly previous: EarlierRun | null },
  rendered: { readonly markdown: string; readonly html: string; readonly commentPage: string },
  { output, now }: { readonly output: Files; readonly now: Date },
): Promise<void> {
  await output.write(heraldReportFile, `${JSON.stringify(heraldReportOf(summary, now, previous))}\n`);
  await output.write('herald-report.md', rendered.markdown);
  await output.write('herald-report.html', rendered.html);
}
