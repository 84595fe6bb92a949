import { expect, test } from 'vitest';
import type { PipelineWithJobs } from '../../../src/model/pipeline.ts';
import { attachmentBlocks } from '../../../src/render/comment/attachment-blocks.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { english } from '../../../src/render/words/english.ts';
import { aFailedTest, aJob, aPipelineWithJobs, aSummary } from '../../builders.ts';

const job = aJob({ id: 7, hasArtifacts: true });

function shown(path: string, pipeline: PipelineWithJobs | null = aPipelineWithJobs([job])): string {
  const failed = aFailedTest({ attachments: [{ path, jobId: 7 }] });
  return renderMarkdown(attachmentBlocks(failed, { summary: aSummary({ pipeline }), words: english }));
}

const artifacts = 'https://gitlab.example.com/shop/checkout/-/jobs/7/artifacts';

test.each(['png', 'PNG', 'jpg', 'jpeg', 'gif', 'webp'])('a picture is shown: %s', (end) => {
  expect(shown(`shots/till.${end}`)).toBe(`![till.${end}](${artifacts}/raw/shots/till.${end})`);
});

test.each(['svg', 'mp4', 'zip', 'html'])('another file is a link to its page: %s', (end) => {
  expect(shown(`shots/till.${end}`)).toBe(
    `Attachments: [\`till.${end}\`](${artifacts}/file/shots/till.${end})`,
  );
});

test.each<readonly [string, PipelineWithJobs | null]>([
  ['nothing is known of the pipeline', null],
  ['the pipeline is of another project', aPipelineWithJobs([job], { projectId: 43 })],
  ['the job is of another pipeline', aPipelineWithJobs([{ ...job, id: 8 }])],
  ['the job has no artifacts', aPipelineWithJobs([{ ...job, hasArtifacts: false }])],
  ['nobody says whether the job has artifacts', aPipelineWithJobs([{ ...job, hasArtifacts: null }])],
])('only the path is named where %s', (_name, pipeline) => {
  expect(shown('shots/till.png', pipeline)).toBe('Attachments: `shots/till.png`');
});

test('words of a picture are neither Markdown nor HTML', () => {
  expect(shown('shots/a](x) <img src=x> @all _b_.png')).toBe(
    `![a-x- -img src-x- -all \\_b\\_.png](${artifacts}/raw/shots/a%5D%28x%29%20%3Cimg%20src%3Dx%3E%20%40all%20_b_.png)`,
  );
});
