import { family } from '../pattern.ts';

/** Memory. The exit code shows the kernel's kill too: 137 is 128 + SIGKILL. */
export const memory = family('out-of-memory', 'unknown', [
  {
    id: 'js-heap',
    weight: 95,
    context: [1, 2],
    hint: 'heap',
    line: /(?:JavaScript heap out of memory|Reached heap limit Allocation failed)/,
  },
  { id: 'oom-killed', weight: 95, hint: 'oomkilled', line: /\bOOM ?Killed\b/i },
  {
    id: 'java-oom',
    weight: 82,
    context: [1, 4],
    hint: 'java.lang.outofmemoryerror',
    line: /^(?:Exception in thread .{1,200} |Caused by: |.{0,120}\[ERROR\] .{0,200})?java\.lang\.OutOfMemoryError: /,
  },
  {
    id: 'java-oom-anywhere',
    weight: 62,
    context: [1, 3],
    hint: 'outofmemoryerror',
    line: /\bOutOfMemoryError\b/,
  },
  {
    id: 'gradle-daemon',
    weight: 80,
    context: [0, 2],
    hint: ['daemon disappeared', 'disappeared'],
    line: /Gradle build daemon disappeared unexpectedly|Daemon .{1,80} disappeared/,
  },
  {
    id: 'jvm-memory',
    weight: 90,
    context: [0, 3],
    hint: 'insufficient memory',
    line: /There is insufficient memory for the Java Runtime Environment/,
  },
  { id: 'cannot-allocate', weight: 90, hint: 'cannot allocate memory', line: /[Cc]annot allocate memory/ },
  {
    id: 'php-memory',
    weight: 90,
    hint: 'allowed memory size',
    line: /Allowed memory size of \d{1,15} bytes exhausted/,
  },
  { id: 'python-memory', weight: 76, context: [3, 0], hint: 'memoryerror', line: /^MemoryError\b/ },
  { id: 'bad-alloc', weight: 84, hint: 'bad_alloc', line: /std::bad_alloc/ },
  { id: 'cc1-killed', weight: 92, hint: 'killed', line: /fatal error: Killed signal terminated program/ },
  { id: 'rustc-sigkill', weight: 92, hint: 'sigkill', line: /\(signal: 9, SIGKILL: kill\)/ },
  {
    id: 'go-oom',
    weight: 90,
    hint: ['out of memory', 'cannot allocate'],
    line: /fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)|^fatal: Out of memory/i,
  },
  {
    id: 'exit-137',
    weight: 70,
    hint: '137',
    line: /^ERROR: Job failed: .{0,80}\bexit (?:code|status) 137\b/,
  },
]);

export const endings = family('killed', 'unknown', [
  {
    id: 'shell-killed',
    kind: 'out-of-memory',
    weight: 84,
    context: [3, 1],
    hint: 'killed',
    line: /(?:^|: line \d{1,6}: {1,4}\d{1,9} |: )Killed(?:\s{1,30}\S.{0,300})?$/,
  },
  { id: 'segfault', weight: 84, context: [4, 2], hint: 'segmentation fault', line: /[Ss]egmentation fault/ },
  { id: 'sigsegv', weight: 78, context: [0, 4], hint: 'sigsegv', line: /\bSIGSEGV\b/ },
  { id: 'aborted', weight: 60, context: [4, 0], hint: 'aborted', line: /\bAborted\b.{0,20}\(core dumped\)/ },
  { id: 'cancelled', weight: 60, hint: 'cancel', line: /^ERROR: Job failed: cancell?ed/ },
  {
    id: 'exit-139',
    weight: 60,
    hint: '139',
    line: /^ERROR: Job failed: .{0,80}\bexit (?:code|status) 139\b/,
  },
  {
    id: 'exit-143',
    weight: 58,
    hint: '143',
    line: /^ERROR: Job failed: .{0,80}\bexit (?:code|status) 143\b/,
  },
]);

export const disk = family('disk-full', 'infrastructure', [
  { id: 'no-space', weight: 93, hint: 'no space left', line: /[Nn]o space left on device/ },
  { id: 'enospc', weight: 93, hint: 'enospc', line: /\bENOSPC\b(?!.{0,60}watchers)/ },
  { id: 'quota', weight: 90, hint: 'disk quota', line: /[Dd]isk quota exceeded/ },
  {
    id: 'not-enough-space',
    weight: 90,
    hint: ['not enough', 'enough free space'],
    line: /(?:There is not enough space on the disk|You don't have enough free space)/,
  },
]);

export const timeouts = family('timeout', 'unknown', [
  {
    id: 'deadline',
    weight: 66,
    context: [2, 1],
    hint: ['deadline exceeded', 'timed out waiting'],
    line: /(?:context deadline exceeded|timed out waiting for )/,
  },
  { id: 'job-timeout', weight: 98, hint: 'execution took longer', line: /execution took longer than / },
  {
    id: 'exit-124',
    weight: 72,
    hint: '124',
    line: /^ERROR: Job failed: .{0,80}\bexit (?:code|status) 124\b/,
  },
]);

/** The runner itself, its executor, its helper. */
export const runner = family('runner', 'infrastructure', [
  {
    id: 'system-failure',
    weight: 94,
    context: [2, 0],
    hint: 'system failure',
    line: /^(?:ERROR|FATAL|WARNING): (?:Job failed|Preparation failed|Failed to \w+).{0,40}\(system failure\)/,
  },
  {
    id: 'preparation',
    weight: 92,
    pick: 'last',
    hint: 'preparation failed',
    line: /^ERROR: Preparation failed: /,
  },
  {
    id: 'prepare-environment',
    weight: 92,
    hint: 'prepare environment',
    line: /prepare environment: (?!waiting|.{0,400}image pull failed)/,
  },
  {
    id: 'pod',
    weight: 90,
    hint: 'pod',
    line: /(?:error|ERROR).{0,120}(?:setting up|creating|waiting for|running) .{0,60}\bpod\b|pods? ".{1,200}" (?:not found|is forbidden)/,
  },
  {
    id: 'docker-daemon',
    weight: 80,
    kind: 'docker',
    hint: 'docker daemon',
    line: /Cannot connect to the Docker daemon/,
  },
  {
    id: 'docker-dial',
    weight: 80,
    kind: 'docker',
    hint: 'error during connect',
    line: /error during connect: .{0,300}(?:lookup docker|dial tcp)/,
  },
  {
    id: 'service',
    weight: 40,
    hint: 'probably didn',
    line: /Service .{1,300} probably didn't start properly/,
  },
  {
    id: 'device-or-api',
    weight: 88,
    hint: 'job failed',
    line: /^ERROR: Job failed: (?:error during|Error response from daemon|dial|Get |Post |unexpected|context deadline)/,
  },
]);

/** Images that cannot be pulled: gone, or the registry says no or is not there. */
export const images = family('image', 'unknown', [
  {
    id: 'pull',
    weight: 97,
    hint: ['failed to pull image', 'image pull failed'],
    line: /^(?:ERROR: )?Job failed.{0,60}failed to pull image|^ERROR: Job failed.{0,40}: failed to pull image|^ERROR: Job failed(?: \(system failure\))?: .{0,300}image pull failed/i,
  },
  {
    id: 'pull-warning',
    weight: 93,
    hint: 'failed to pull image',
    line: /Failed to pull image (?:"|with policy)/i,
  },
  { id: 'manifest', weight: 88, hint: 'manifest', line: /manifest (?:for \S{1,300} not found|unknown)/ },
  { id: 'pull-denied', weight: 88, hint: 'pull access denied', line: /pull access denied for / },
  {
    id: 'rate-limit',
    weight: 95,
    origin: 'infrastructure',
    hint: ['rate limit', 'toomanyrequests'],
    line: /(?:toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit)/,
  },
  {
    id: 'image-pull-backoff',
    weight: 93,
    hint: ['pull', 'invalidimagename'],
    line: /\b(?:ImagePullBackOff|ErrImagePull|InvalidImageName|image pull failed)\b/,
  },
  { id: 'exec-format', weight: 80, hint: 'exec format error', line: /exec format error/ },
]);
