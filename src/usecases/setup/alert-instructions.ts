import type { Projects } from '../../gitlab/ports/setup.ts';
import { visibleLine } from '../../render/words/visible-text.ts';
import { alertInstructions } from '../../setup/alert-instructions.ts';
import { fetchWatchedProjects } from './watched.ts';
import type { SetupWishes } from './wishes.ts';

export interface AlertWishes {
  readonly wishes: SetupWishes;
  readonly sources: readonly string[];
  readonly receiver: string;
  /** The secret of a source in a project, with its SHA-256. */
  secretOf(source: string, project: number): { readonly secret: string; readonly sha256: string };
}

export interface AlertInstructions {
  /** With secrets. */
  readonly lines: readonly string[];
  /** Projects that cannot be seen. */
  readonly refused: readonly string[];
}

/** What to paste into each tool, for each watched project. Changes nothing. */
export async function instructForAlerts(
  { wishes, sources, receiver, secretOf }: AlertWishes,
  gitlab: Projects,
): Promise<AlertInstructions> {
  const { botProject, group, projects } = wishes;
  // A project that is named alone is watched.
  const named = group === null && projects.length === 0 ? [botProject] : projects;
  const { watched } = await fetchWatchedProjects({ ...wishes, projects: named }, null, gitlab);
  const lines: string[] = [];
  const refused: string[] = [];
  for (const one of watched) {
    if ('refusal' in one) {
      refused.push(`${one.path}: ${one.refusal.message}`);
      continue;
    }
    const { id, path } = one.project;
    for (const source of sources) {
      const target = { project: { id, path: visibleLine(path) }, source, receiver, ...secretOf(source, id) };
      lines.push(...alertInstructions(target), '');
    }
  }
  return { lines, refused };
}
