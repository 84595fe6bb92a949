import { grouped } from '../../model/grouped.ts';
import { deploymentsOf } from '../facts/deployments.ts';
import { isWithin } from '../facts/spans.ts';
import type { TableSource } from '../table.ts';

/** Deployments of each environment that counts; those of the commit that was there already apart. */
export const deploymentsByEnvironment: TableSource = {
  id: 'deployments-by-environment',
  section: 'delivery',
  columns: [
    { id: 'environment', unit: 'text' },
    { id: 'deployments', unit: 'count' },
    { id: 'failed', unit: 'count' },
    { id: 'rollbacks', unit: 'count' },
    { id: 'again', unit: 'count' },
  ],
  needs: ['deployments'],
  kind: 'worst',
  rank: 1,
  limit: 20,
  rows: (history, span, settings) => {
    const inSpan = deploymentsOf(history, settings).filter(({ at }) => isWithin(at, span));
    return [...grouped(inSpan, ({ environment }) => environment)].map(([environment, ones]) => ({
      url: null,
      cells: [
        environment,
        ones.filter(({ isSuccess, isAgain }) => isSuccess && !isAgain).length,
        ones.filter(({ isSuccess }) => !isSuccess).length,
        ones.filter(({ isRollback }) => isRollback).length,
        ones.filter(({ isAgain }) => isAgain).length,
      ],
    }));
  },
};
