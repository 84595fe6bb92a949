import type { Facts } from '../../model/facts.ts';

/**
 * The path of the project in which the pipeline in question runs, from the pipeline's address: a fork's pipeline runs
 * in the fork. Null where the address does not show it.
 */
export function projectOfPipeline({ pipeline, project }: Facts): string | null {
  if (pipeline === null || pipeline.pipeline.projectId === project.id) return project.path;
  const root = project.url.slice(0, project.url.length - project.path.length);
  const { url } = pipeline.pipeline;
  const end = url.indexOf('/-/');
  return url.startsWith(root) && end > root.length ? url.slice(root.length, end) : null;
}

/** The project that the source branch is in, for words about it. */
export function projectOfSource(facts: Facts): string {
  const { subject, project, pipeline } = facts;
  const source = subject?.kind === 'merge_request' ? subject.sourceProjectId : project.id;
  if (source === project.id) return project.path;
  return (pipeline?.pipeline.projectId === source ? projectOfPipeline(facts) : null) ?? 'the fork';
}
