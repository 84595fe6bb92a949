import type { SetupOptions } from '../config/setup-options.ts';
import { UsageError } from '../errors.ts';
import { install } from '../usecases/setup/install.ts';
import type { SetupOutcome, SetupWorld } from '../usecases/setup/wishes.ts';
import type { Host } from './host.ts';

/** Runs `herald setup --install` with the files that this copy of Herald came with. */
export async function runInstall(
  { install: group, installName, catalog, plan }: SetupOptions,
  world: SetupWorld,
  host: Host,
): Promise<SetupOutcome> {
  const herald = await host.readOwnPackage();
  if (herald === null)
    throw new UsageError('this copy of Herald has no templates to install: it is the script alone', {
      hint: 'run setup --install from the release archive, the npm package or a checkout (docs/guides/install.md)',
    });
  return install({ group: group ?? '', name: installName, planOnly: plan, catalog, herald }, world);
}
