import { digestFile } from '../../digest/digest-file.ts';
import type { Files } from '../../io/port.ts';
import type { Digest } from '../../model/digest.ts';
import { digestCsv } from '../../render/digest/digest-csv.ts';
import { digestDocument } from '../../render/digest/digest-document.ts';
import { digestMetrics } from '../../render/digest/digest-metrics.ts';
import { digestPage } from '../../render/digest/digest-page.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { DigestWords } from '../../render/words/english-digest.ts';

/** Name of the files without their endings. */
const name = 'herald-digest';

/** Writes the digest for people and machines; the names of the files. */
export async function writeDigestFiles(
  digest: Digest,
  words: DigestWords,
  output: Pick<Files, 'write'>,
): Promise<readonly string[]> {
  const contents: Readonly<Record<string, string>> = {
    md: `${renderMarkdown(digestDocument(digest, words))}\n`,
    html: digestPage(digest, words),
    json: digestFile(digest),
    csv: digestCsv(digest),
    txt: await digestMetrics(digest, words),
  };
  const paths: string[] = [];
  for (const [ending, content] of Object.entries(contents)) {
    const path = `${name}.${ending}`;
    await output.write(path, content);
    paths.push(path);
  }
  return paths;
}
