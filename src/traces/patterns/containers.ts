import { family } from '../pattern.ts';

/** Image builds: BuildKit repeats the failing step below its `ERROR`. */
export const containers = family('docker', 'change', [
  {
    id: 'dockerfile-parse',
    weight: 82,
    context: [0, 4],
    hint: 'dockerfile',
    line: /(?:dockerfile parse error|failed to (?:read|parse) [Dd]ockerfile|failed to solve: dockerfile)/i,
  },
  {
    id: 'buildkit-missing',
    weight: 80,
    context: [2, 4],
    hint: 'failed to',
    line: /failed to (?:compute cache key|calculate checksum).{0,300}not found/,
  },
  {
    id: 'buildkit-step',
    weight: 64,
    context: [0, 0],
    hint: 'did not complete successfully',
    line: /^#\d+ ERROR: process .{1,800} did not complete successfully/,
  },
  {
    id: 'buildkit',
    weight: 66,
    context: [8, 0],
    hint: 'failed to solve',
    line: /^(?:ERROR: )?failed to solve: /,
  },
  { id: 'buildkit-output', weight: 63, context: [1, 5], hint: '> [', line: /^ > \[.{1,300}\]/ },
  {
    id: 'docker-classic',
    weight: 64,
    context: [5, 0],
    hint: 'returned a non-zero code',
    line: /^The command '.{1,800}' returned a non-zero code: /,
  },
  { id: 'copy-failed', weight: 80, context: [1, 0], hint: 'copy failed', line: /^(?:COPY|ADD) failed: / },
  {
    id: 'kaniko',
    weight: 74,
    context: [3, 0],
    hint: 'error building image',
    line: /^error building image: /i,
  },
  {
    id: 'kaniko-push',
    weight: 74,
    kind: 'permission',
    hint: 'push permission',
    line: /error checking push permissions/,
  },
  {
    id: 'push-denied',
    weight: 84,
    kind: 'permission',
    hint: 'denied:',
    line: /^(?:ERROR: .{0,300})?denied: /,
  },
  {
    id: 'registry-auth',
    weight: 80,
    kind: 'permission',
    hint: 'unauthorized',
    line: /(?:unauthorized: (?:authentication required|incorrect username|HTTP Basic)|UNAUTHORIZED: )/,
  },
  {
    id: 'compose',
    weight: 64,
    context: [1, 1],
    hint: 'service "',
    line: /^service ".{1,100}" (?:didn't complete|has neither|refers to|failed)/,
  },
  {
    id: 'compose-unhealthy',
    weight: 70,
    hint: 'unhealthy',
    line: /dependency failed to start: container .{1,200} (?:is unhealthy|exited)/,
  },
  { id: 'port-taken', weight: 72, hint: 'address already in use', line: /address already in use/i },
]);
