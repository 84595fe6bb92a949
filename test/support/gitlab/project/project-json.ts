import type { EmbeddedProject } from '../state/state.ts';

/** A project as lists have it. */
export function projectJson(project: EmbeddedProject): object {
  const { path_with_namespace: path } = project;
  return { ...project, name_with_namespace: path.replaceAll('/', ' / '), web_url: `__ORIGIN__/${path}` };
}

/** Whether a project's name has the words that are searched for. */
export function isSearched({ path_with_namespace: path }: EmbeddedProject, query: URLSearchParams): boolean {
  return path.toLowerCase().includes((query.get('search') ?? '').toLowerCase());
}
