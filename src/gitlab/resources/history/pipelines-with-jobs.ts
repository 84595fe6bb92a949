import * as z from 'zod';
import { addressInProject } from '../../../model/project-address.ts';
import type { HistoryJob } from '../../../model/project-history.ts';
import type {
  Changed,
  HistoryPage,
  NamedPlace,
  PipelinesWithJobsWish,
  PipelineWithJobs,
} from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { numberOfGlobalId } from '../global-id.ts';
import { instant, instantOrNull } from './instant.ts';
import { changedAfter, maxRows, more, walkPipelines } from './pages-of-graphql.ts';

/** GraphQL's names of states are those of REST in capitals. */
const state = z.string().transform((text) => text.toLowerCase());

const job = z.object({
  id: numberOfGlobalId,
  name: z.string().nullish(),
  stage: z.object({ name: z.string().nullish() }).nullish(),
  status: state.nullish(),
  allowFailure: z.boolean().nullish(),
  createdAt: instant,
  startedAt: instantOrNull,
  finishedAt: instantOrNull,
  duration: z.number().nullish(),
  queuedDuration: z.number().nullish(),
  coverage: z.number().nullish(),
});

const pipeline = z.object({
  id: numberOfGlobalId,
  status: state,
  source: z.string().nullish(),
  ref: z.string().nullish(),
  sha: z.string().nullish(),
  createdAt: instant,
  updatedAt: instantOrNull,
  downstream: z
    .object({
      nodes: z.array(z.object({ project: z.object({ id: numberOfGlobalId }).nullish() })),
      pageInfo: more,
    })
    .nullish(),
  /** Null where the token may not see jobs. */
  jobs: z.object({ nodes: z.array(job), pageInfo: more }),
});

type PipelineAnswer = z.infer<typeof pipeline>;

function jobOf(row: z.infer<typeof job>, pipelineId: number): HistoryJob {
  return {
    id: row.id,
    pipelineId,
    name: row.name ?? '',
    stage: row.stage?.name ?? '',
    status: row.status ?? '',
    allowFailure: row.allowFailure ?? false,
    failureReason: null,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    durationSeconds: row.duration ?? null,
    queuedSeconds: row.queuedDuration ?? null,
    coverage: row.coverage ?? null,
    cause: null,
  };
}

function startsChildren({ downstream }: PipelineAnswer, of: NamedPlace): boolean {
  if (!downstream) return false;
  return downstream.pageInfo.hasNextPage || downstream.nodes.some(({ project }) => project?.id === of.id);
}

function rowOf(row: PipelineAnswer, of: NamedPlace): Changed<PipelineWithJobs> {
  const { id, status, createdAt, updatedAt } = row;
  const url = addressInProject(of.url, 'pipelines', id);
  const [source, ref, sha] = [row.source ?? null, row.ref ?? '', row.sha ?? ''];
  return {
    changedAt: updatedAt ?? createdAt,
    thing: {
      pipeline: { id, url, status, source, ref, sha, createdAt, updatedAt },
      jobs: row.jobs.nodes.map((one) => jobOf(one, id)),
      isWhole: !row.jobs.pageInfo.hasNextPage,
      startsChildren: startsChildren(row, of),
    },
  };
}

const jobFields =
  'id name stage{name}status allowFailure createdAt startedAt finishedAt duration queuedDuration coverage';
const pipelineFields = [
  'id status source ref sha createdAt updatedAt',
  'downstream(first:20){nodes{project{id}}pageInfo{hasNextPage}}',
  `jobs(jobKind:BUILD first:${maxRows}){nodes{${jobFields}}pageInfo{hasNextPage}}`,
].join(' ');

/**
 * Pipelines with their jobs, all attempts, in no order that counts. The query has a complexity of about 100 of 250, as
 * `app/graphql/types/base_field.rb` and `app/graphql/resolvers/base_resolver.rb` count it. Sources:
 * https://docs.gitlab.com/api/graphql/reference/#pipeline, https://docs.gitlab.com/api/graphql/reference/#cijob
 */
export function walkPipelinesWithJobs(
  api: Api,
  of: NamedPlace,
  { changedSince, pageSize }: PipelinesWithJobsWish,
): AsyncGenerator<HistoryPage<Changed<PipelineWithJobs>>, void, undefined> {
  return walkPipelines(api, {
    of,
    args: changedAfter(changedSince),
    fields: pipelineFields,
    row: pipeline.transform((row) => rowOf(row, of)),
    pageSize: (before) => pageSize(before.map(({ thing }) => thing)),
  });
}
