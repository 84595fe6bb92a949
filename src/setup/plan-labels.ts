import type { Label } from '../model/setup.ts';
import type { Place, SetupChange } from './change.ts';

/** GitLab's own palette: https://docs.gitlab.com/user/project/labels/ */
const red = '#dc143c';
const green = '#009966';
const orange = '#ed9121';

/** Ends the description of every label that Herald creates, so that Herald recognises it. */
const mark = '(herald setup)';

function label(name: string, color: string, meaning: string): Label {
  return { name, color, description: `${meaning} ${mark}` };
}

/** The labels that `labels: results` puts on merge requests. */
export const ownLabels: readonly Label[] = [
  label('tests::failing', red, 'Tests fail in the latest pipeline.'),
  label('tests::passing', green, 'All tests pass in the latest pipeline.'),
  label('coverage::down', orange, 'Less of the code is covered than on the target branch.'),
  label('coverage::up', green, 'More of the code is covered than on the target branch.'),
  label('findings::new', orange, 'Analysers found something that the target branch does not have.'),
  label('security::new', red, 'Security scanners found something that the target branch does not have.'),
  label('gates::failed', red, 'A condition of fail-on holds.'),
];

/** True for a label as `herald setup` created it; a label whose description somebody changed belongs to them. */
export function isOwnLabel({ name, description }: Label): boolean {
  return description.endsWith(mark) && ownLabels.some((own) => own.name === name);
}

/**
 * Herald's labels that a project does not have, neither itself nor from its groups. The project decides how existing
 * labels look.
 */
export function planLabels(found: readonly Label[], project: Place): readonly SetupChange[] {
  const names = new Set(found.map(({ name }) => name));
  return ownLabels
    .filter(({ name }) => !names.has(name))
    .map((missing): SetupChange => ({ do: 'make-label', in: project, label: missing }));
}
