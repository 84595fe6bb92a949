import * as z from 'zod';
import type { DeploymentTrail } from '../../model/deployment-trail.ts';
import { once } from '../../model/once.ts';
import { trailLimits } from './join-trails.ts';

const id = z.int().positive();
/** A time that nobody can read costs itself, and not all of the trail. */
const at = z.iso.datetime({ offset: true }).nullable().catch(null);
/** Git has no limit; no file system takes a longer path. */
const maxBranch = 4_096;
const step = z.object({ id, sha: z.string().regex(/^[0-9a-f]{7,64}$/), at, job: id.nullable() });
const pipeline = z.object({ id, at });

const schema = z.lazy(() =>
  z.object({
    environments: z
      .array(
        z.object({
          environment: z.string().min(1).max(255),
          shipped: step.nullable(),
          latest: step.extend({ isThere: z.boolean() }).nullable(),
          failed: step.nullable(),
        }),
      )
      .max(trailLimits.environments),
    failures: z
      .array(
        z.object({
          branch: z.string().max(maxBranch),
          pipeline,
          issue: id.nullable(),
          fixed: pipeline.nullable(),
        }),
      )
      .max(trailLimits.failures),
    reverts: z.array(z.object({ iid: id, at })).max(trailLimits.reverts),
  }),
);

/** A trail as letters that a hidden line of a comment can hold. */
export function encodeTrail(trail: DeploymentTrail): string {
  return Buffer.from(JSON.stringify(trail), 'utf8').toString('base64url');
}

/** What `encodeTrail` wrote; null for anything else. */
export function decodeTrail(data: string): DeploymentTrail | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(data, 'base64url').toString('utf8'));
    const parsed = schema.safeParse(value, once);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
