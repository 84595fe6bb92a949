/** The address of something in a project: built, so that no answer and no file decides where a link leads. */
export function addressInProject(
  projectUrl: string,
  kind: 'merge_requests' | 'issues' | 'pipelines' | 'jobs' | 'releases',
  id: number | string,
): string {
  return `${projectUrl}/-/${kind}/${encodeURIComponent(id)}`;
}
