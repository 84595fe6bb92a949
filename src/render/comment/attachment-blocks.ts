import { type Block, code, type Inline, image, link, paragraph, text } from '../../model/document.ts';
import type { Summary } from '../../model/summary.ts';
import type { Attachment, TestCase } from '../../model/tests.ts';
import { artifactAddress } from '../markdown/link-address.ts';
import type { Language } from '../words/english.ts';
import { shortenStart, shortenText } from '../words/shorten-text.ts';

const maxNameLength = 80;
const maxPathLength = 120;
/** What GitLab shows in a comment, and what can hold no script. */
const picture = /\.(?:png|jpe?g|gif|webp)$/i;

function nameOf(path: string): string {
  return shortenText(path.slice(path.lastIndexOf('/') + 1), maxNameLength);
}

/** The file among the artifacts of its job, where that is a job of this pipeline that has some; else null. */
function addressOf({ path, jobId }: Attachment, { context, pipeline }: Summary): string | null {
  if (jobId === null || pipeline?.pipeline.projectId !== context.project.id) return null;
  const job = pipeline.jobs.find(({ id }) => id === jobId);
  if (job?.hasArtifacts !== true) return null;
  return artifactAddress(context.project.url, jobId, { view: picture.test(path) ? 'raw' : 'file', path });
}

function shownAs(attachment: Attachment, summary: Summary): Inline {
  const { path } = attachment;
  const address = addressOf(attachment, summary);
  if (address === null) return code(shortenStart(path, maxPathLength));
  const name = nameOf(path);
  return picture.test(path) ? image(address, name) : link(address, code(name));
}

/** The files that a failing test left: pictures are shown, others linked, where their job is known; else named. */
export function attachmentBlocks(
  { attachments }: TestCase,
  { summary, words }: { readonly summary: Summary; readonly words: Language },
): readonly Block[] {
  const all = attachments.map((attachment) => shownAs(attachment, summary));
  const pictures = all.filter(({ kind }) => kind === 'image');
  const files = all.filter(({ kind }) => kind !== 'image');
  const listed = files.flatMap((file, at) => (at === 0 ? [file] : [text(' · '), file]));
  return [
    ...(files.length === 0 ? [] : [paragraph(text(`${words.tests.attachments}: `), ...listed)]),
    ...pictures.map((one) => paragraph(one)),
  ];
}
