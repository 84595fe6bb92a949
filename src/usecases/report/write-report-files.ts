import type { DetailsPart } from '../../baseline/details/details-part.ts';
import { heraldReportOf } from '../../baseline/herald-report.ts';
import type { Files } from '../../io/port.ts';
import type { EarlierRun } from '../../model/earlier-run.ts';
import type { Summary } from '../../model/summary.ts';
import { verdictOf } from '../../render/comment/verdict.ts';
import { heraldReportFile } from './baseline/search.ts';

/** What a report file is made of. */
export interface ReportToWrite {
  readonly summary: Summary;
  /** Its history goes on in the file. */
  readonly previous: EarlierRun | null;
  /** Whether somebody else publishes the report: then the file contains everything for that. */
  readonly forOthers: boolean;
}

/** Writes `herald-report.json`, `.md` and `.html`; each whole or not at all. */
export async function writeReportFiles(
  { summary, previous, forOthers }: ReportToWrite,
  rendered: { readonly markdown: string; readonly html: string },
  { output, now }: { readonly output: Files; readonly now: Date },
): Promise<void> {
  const kept = { ...heraldReportOf(summary, now, previous), verdict: verdictOf(summary) };
  const report = forOthers ? { ...kept, details: await detailsOf(summary) } : kept;
  await output.write(heraldReportFile, `${JSON.stringify(report)}\n`);
  await writeFullReport(rendered, output);
}

/** Loaded only here: most runs publish their report themselves. */
async function detailsOf(summary: Summary): Promise<DetailsPart> {
  const { detailsPartOf } = await import('../../baseline/details/details-part.ts');
  return detailsPartOf(summary);
}

/** Writes `herald-report.md` and `.html`; each whole or not at all. */
export async function writeFullReport(
  { markdown, html }: { readonly markdown: string; readonly html: string },
  output: Files,
): Promise<void> {
  await output.write('herald-report.md', markdown);
  await output.write('herald-report.html', html);
}
