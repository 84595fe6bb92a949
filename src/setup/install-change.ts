import type { FileAction } from '../model/install.ts';
import { counted } from '../model/plural.ts';
import type { Difference } from './change.ts';

/** One change that `herald setup --install` makes, as data. */
export type InstallChange =
  | { readonly do: 'make-project'; readonly visibility: string }
  | {
      readonly do: 'change-project';
      readonly set: Readonly<Record<string, string>>;
      readonly differences: readonly Difference[];
    }
  /** Jobs of the group's projects get at the image and the packages of a private project. */
  | { readonly do: 'allow-group'; readonly group: string }
  | { readonly do: 'protect-tags'; readonly pattern: string }
  | {
      readonly do: 'push-files';
      readonly branch: string;
      readonly version: string;
      readonly actions: readonly FileAction[];
    }
  | { readonly do: 'list-in-catalog' }
  | { readonly do: 'make-tag'; readonly version: string };

const kinds: ReadonlySet<string> = new Set<InstallChange['do']>([
  'make-project',
  'change-project',
  'allow-group',
  'protect-tags',
  'push-files',
  'list-in-catalog',
  'make-tag',
]);

/** True for what `--install` changes. */
export function isInstallChange(change: { readonly do: string }): change is InstallChange {
  return kinds.has(change.do);
}

const files = { one: 'file', other: 'files' };

function describePush({ branch, version, actions }: InstallChange & { readonly do: 'push-files' }): string {
  const count = (action: FileAction['action']): number =>
    actions.filter((one) => one.action === action).length;
  const bytes = actions.reduce((sum, one) => sum + ('file' in one ? one.file.content.length : 0), 0);
  const parts = [
    [count('create'), 'new'],
    [count('update'), 'changed'],
    [count('delete'), 'deleted'],
  ] as const;
  const words = parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `version ${version} on the branch ${branch}: ${counted(actions.length, files)} (${words}), ${size}`;
}

/** One change as a line of the plan. */
export function describeInstallChange(change: InstallChange): {
  readonly sign: '+' | '~' | '-';
  readonly text: string;
} {
  switch (change.do) {
    case 'make-project':
      return { sign: '+', text: `the project (${change.visibility})` };
    case 'change-project': {
      const texts = change.differences.map(({ name, from, to }) => `${name} ${from} → ${to}`);
      return { sign: '~', text: texts.join('; ') };
    }
    case 'allow-group':
      return { sign: '+', text: `jobs of projects in ${change.group} may use the project` };
    case 'protect-tags':
      return { sign: '+', text: `protected tags ${change.pattern}: only maintainers release` };
    case 'push-files':
      return { sign: '~', text: describePush(change) };
    case 'list-in-catalog':
      return { sign: '+', text: 'the project in the CI/CD Catalog' };
    case 'make-tag':
      return {
        sign: '+',
        text: `tag ${change.version}: its pipeline builds the image and makes the release`,
      };
  }
}
