import type { Label } from '../model/setup.ts';
import type { Place, SetupChange } from './change.ts';
import { ownLabels } from './own-labels.ts';

/**
 * Herald's labels that a project does not have, neither itself nor from its groups. The project decides how existing
 * labels look.
 */
export function planLabels(found: readonly Label[], project: Place): readonly SetupChange[] {
  const names = new Set(found.map(({ name }) => name));
  return ownLabels
    .filter(({ name }) => !names.has(name))
    .map((label): SetupChange => ({ do: 'make-label', in: project, label }));
}
