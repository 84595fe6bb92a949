import type { Setup } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createInstall } from './install.ts';
import { createLabels } from './project-labels.ts';
import { createProjects } from './project-settings.ts';
import { createQueues } from './resource-groups.ts';
import { createSchedules } from './schedules.ts';
import { createAccounts } from './service-accounts.ts';
import { createTriggers } from './triggers.ts';
import { createVariables } from './variables.ts';
import { createWebhooks } from './webhooks.ts';

/** The part of the port that `herald setup` needs. */
export function createSetup(api: Api): Setup {
  return {
    ...createWebhooks(api),
    ...createTriggers(api),
    ...createVariables(api),
    ...createSchedules(api),
    ...createLabels(api),
    ...createQueues(api),
    ...createProjects(api),
    ...createAccounts(api),
    ...createInstall(api),
  };
}
