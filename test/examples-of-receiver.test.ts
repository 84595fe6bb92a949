import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';
import * as z from 'zod';
import { serveOptions } from '../src/config/serve-options.ts';
import { version } from '../src/version.ts';

type Outcome = Readonly<Record<'p50' | 'p95' | 'mean' | 'behind' | 'lost' | 'events' | 'done', number>>;
type Row = Outcome &
  Readonly<{ where: 'own' | 'gitlab.com'; way: string; queues: number | 'projects'; eventsPerHour: number }>;
// The benches are plain JavaScript, which the types do not cover.
const { simulate, table } = z
  .object({
    simulate: z.custom<(load: object) => Outcome>((value) => typeof value === 'function'),
    table: z.custom<() => readonly Row[]>((value) => typeof value === 'function'),
  })
  .parse(await import(new URL('../bench/pipeline-mode.mjs', import.meta.url).href));

const folder = new URL('../docs/examples/receiver/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const image = z.literal(`registry.example.com/my-group/herald:${version}`);

/** A command line of `herald serve`, with flags that there are. */
const serveCommand = z.array(z.string()).refine(([herald, serve, ...flags]) => {
  const names = flags.map((flag) => /^--([a-z-]+)=\S+$/.exec(flag)?.[1] ?? '');
  const known = Object.keys(serveOptions.shape).map((key) =>
    key.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`),
  );
  return herald === 'herald' && serve === 'serve' && names.every((name) => known.includes(name));
}, 'no command line of herald serve');

/** Fields as https://docs.docker.com/reference/compose-file/ has them; none that this does not know. */
const compose = z.strictObject({
  services: z.strictObject({
    receiver: z.strictObject({
      image,
      command: serveCommand,
      environment: z.record(z.string().endsWith('_FILE'), z.string().startsWith('/run/secrets/')),
      secrets: z.array(z.string()),
      user: z.literal('1000:1000'),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal('ALL')]),
      security_opt: z.tuple([z.literal('no-new-privileges:true')]),
      tmpfs: z.tuple([z.literal('/tmp')]),
      volumes: z.tuple([z.literal('spool:/var/lib/herald')]),
      networks: z.array(z.string()),
      stop_grace_period: z.string(),
      restart: z.literal('unless-stopped'),
    }),
    proxy: z.strictObject({
      image: z.string(),
      ports: z.array(z.string()),
      volumes: z.array(z.string()),
      networks: z.array(z.string()),
      restart: z.literal('unless-stopped'),
    }),
  }),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.strictObject({})),
  networks: z.record(
    z.string(),
    z.strictObject({ ipam: z.strictObject({ config: z.array(z.strictObject({ subnet: z.string() })) }) }),
  ),
});

/** The part that matters of https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const container = z.strictObject({
  name: z.string(),
  image,
  args: serveCommand,
  env: z.array(z.strictObject({ name: z.string().endsWith('_FILE'), value: z.string() })),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.literal(8080) })),
  livenessProbe: z.strictObject({
    httpGet: z.strictObject({ path: z.literal('/healthz'), port: z.string() }),
  }),
  readinessProbe: z.strictObject({
    httpGet: z.strictObject({ path: z.literal('/readyz'), port: z.string() }),
    timeoutSeconds: z.number(),
  }),
  resources: z.strictObject({
    requests: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.string()),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() }),
  ),
});
const deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    replicas: z.literal(1),
    strategy: z.strictObject({ type: z.literal('Recreate') }),
    selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.strictObject({
      metadata: z.strictObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number().min(30),
        securityContext: z.strictObject({
          runAsNonRoot: z.literal(true),
          runAsUser: z.literal(1000),
          runAsGroup: z.literal(1000),
          fsGroup: z.literal(1000),
          seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
        }),
        containers: z.tuple([container]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

describe('the examples of the guide about the receiver', () => {
  test('Compose: fields that there are, an unprivileged receiver, nothing named that is not there', () => {
    const document = parseDocument(read('compose.yml'), { strict: true, uniqueKeys: true });
    expect(document.errors).toEqual([]);
    const { services, secrets, networks } = compose.parse(document.toJS());
    expect(Object.keys(secrets).sort()).toEqual([...services.receiver.secrets].sort());
    expect(services.receiver.networks.every((name) => Object.hasOwn(networks, name))).toBe(true);
    const subnet = networks['proxy']?.ipam.config[0]?.subnet ?? '';
    expect(services.receiver.command).toContain(`--trusted-proxy=${subnet}`);
  });

  test('Kubernetes: one unprivileged replica, and names that fit together', () => {
    const documents = parseAllDocuments(read('kubernetes.yml'), { strict: true, uniqueKeys: true });
    const objects: readonly unknown[] = documents.map((one) => {
      expect(one.errors).toEqual([]);
      return one.toJS() as unknown;
    });
    const kinds = objects.map((one) => z.looseObject({ kind: z.string() }).parse(one).kind);
    expect(kinds).toEqual(['PersistentVolumeClaim', 'Deployment', 'Service', 'Ingress']);
    const { spec } = deployment.parse(objects[1]);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const { containers, volumes } = spec.template.spec;
    expect(containers[0].volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
  });

  test.skipIf(spawnSync('nginx', ['-v']).error !== undefined)(
    'nginx reads its configuration (skipped where there is no nginx)',
    () => {
      const place = mkdtempSync(join(tmpdir(), 'herald-nginx-'));
      onTestFinished(() => {
        rmSync(place, { recursive: true });
      });
      const made = spawnSync('openssl', [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=herald.example.com'],
        ...['-keyout', join(place, 'key.pem'), '-out', join(place, 'cert.pem')],
      ]);
      expect(made.status).toBe(0);
      const site = read('nginx.conf')
        .replace('/etc/ssl/herald.example.com.pem', join(place, 'cert.pem'))
        .replace('/etc/ssl/herald.example.com.key', join(place, 'key.pem'))
        .replace('listen 443', 'listen 127.0.0.1:18443');
      const own = `pid ${place}/pid;\nerror_log ${place}/log;\nevents {}\nhttp {\n${site}\n}\n`;
      writeFileSync(join(place, 'nginx.conf'), own);
      const { status, stderr } = spawnSync('nginx', ['-t', '-c', join(place, 'nginx.conf')]);
      expect(stderr.toString()).toContain('syntax is ok');
      expect(status).toBe(0);
    },
  );

  test.skipIf(spawnSync('caddy', ['version']).error !== undefined)(
    'Caddy reads its configuration (skipped where there is no Caddy)',
    () => {
      const path = new URL('Caddyfile', folder).pathname;
      const { status, stderr } = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', path]);
      expect(stderr.toString()).not.toMatch(/"level":"error"/);
      expect(status).toBe(0);
    },
  );

  test('proxies pass on no more than GitLab delivers, and nothing but the webhooks', () => {
    expect(read('nginx.conf')).toMatch(/client_max_body_size 25m;/);
    expect(read('Caddyfile')).toMatch(/max_size 25MB/);
    expect(read('Caddyfile')).toContain('@webhooks path / /hooks/gitlab');
  });

  test('the image runs the receiver by default, without rights and with a folder of its own', () => {
    const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');
    expect(dockerfile).toMatch(
      /^CMD \["herald", "serve", "--listen", "0\.0\.0\.0:8080", "--spool", "\/var\/lib\/herald"\]$/m,
    );
    expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m);
    // Jobs of the components bring a shell: with an entry point they would not get it.
    expect(dockerfile).not.toMatch(/^(?:ENTRYPOINT|VOLUME)/m);
  });
});

describe('what pipelines carry, by simulation', () => {
  const nothing = { createSeconds: 0, handOverSeconds: 0, pipelinesPerMinute: Number.POSITIVE_INFINITY };
  const many = { ...nothing, projects: 20, objectsPerProject: 200, hours: 1_000, way: 'receiver' };

  test.each([60, 120, 200])(
    'one queue with %i events an hour waits as queueing theory says',
    (eventsPerHour) => {
      const load = { ...many, eventsPerHour, queues: 1, runners: 3 };
      const { mean } = simulate({ ...load, prepareSeconds: [12, 12], workSeconds: 3 });
      // The Pollaczek-Khinchine formula; of a constant 12 s and exponential 3 s the second moment is 15² + 3².
      const perSecond = eventsPerHour / 3_600;
      const wait = (perSecond * (15 ** 2 + 3 ** 2)) / (2 * (1 - perSecond * 15));
      expect(mean / (15 + wait)).toBeCloseTo(1, 1);
    },
  );

  test.each([400, 800, 1_000])('four runners and %i events an hour wait as queueing theory says', (rate) => {
    const load = { ...many, eventsPerHour: rate, hours: 300, queues: 4_000, runners: 4 };
    const { mean } = simulate({
      ...load,
      objectsPerProject: 20_000,
      prepareSeconds: [0, 0],
      workSeconds: 12,
    });
    // The Erlang C formula.
    const offered = (rate / 3_600) * 12;
    const terms = [1, offered, offered ** 2 / 2, offered ** 3 / 6];
    const last = (offered ** 4 / 24) * (4 / (4 - offered));
    const waits = last / (terms.reduce((all, one) => all + one, 0) + last);
    expect(mean / (12 + (waits * 12) / (4 - offered))).toBeCloseTo(1, 1);
  });

  test('a GitLab that creates 25 pipelines in a minute never creates more, and a receiver loses none', () => {
    const load = {
      ...many,
      eventsPerHour: 3_000,
      hours: 2,
      queues: 50,
      runners: 1_000,
      pipelinesPerMinute: 25,
    };
    const { events, done, behind, lost } = simulate({ ...load, prepareSeconds: [1, 1], workSeconds: 1 });
    expect([done, lost]).toEqual([events, 0]);
    expect(behind).toBeGreaterThanOrEqual(Math.floor(events / 25) - 120);
  });

  const rows = table();
  const rowOf = (where: Row['where'], way: string, eventsPerHour: number, queues: unknown): Row | undefined =>
    rows.find(
      (row) =>
        row.where === where &&
        row.way === way &&
        row.eventsPerHour === eventsPerHour &&
        row.queues === queues,
    );

  test.each(['own', 'gitlab.com'] as const)(
    'a thousand events an hour of 300 projects are a normal day by default (%s)',
    (where) => {
      const { queues } = serveOptions.parse({});
      for (const row of [
        rowOf(where, 'receiver', 1_000, queues),
        rowOf(where, 'webhooks', 1_000, 'projects'),
      ]) {
        expect(row?.p50).toBeLessThan(30);
        expect(row?.p95).toBeLessThan(60);
        expect(row?.behind).toBeLessThan(5);
      }
    },
  );

  test.each([
    ['receiver.md', 'receiver'],
    ['bot.md', 'webhooks'],
  ])('the guide %s has its numbers', (page, way) => {
    const guide = readFileSync(new URL(`../docs/guides/${page}`, import.meta.url), 'utf8');
    const said = rows.filter((row) => row.way === way && row.where === 'own');
    expect(said.length).toBeGreaterThan(3);
    for (const { eventsPerHour, queues, p50, p95, behind } of said) {
      const com = rowOf('gitlab.com', way, eventsPerHour, queues);
      const cells = (row: Outcome | undefined): string =>
        (row?.behind ?? 0) > 15 ? 'piles up | piles up' : `${row?.p50} s | ${row?.p95} s`;
      const inQueues = queues === 'projects' ? '' : ` ${queues} |`;
      expect(guide).toContain(
        `|${inQueues} ${eventsPerHour} | ${cells({ p50, p95, behind } as Row)} | ${cells(com)} |`,
      );
    }
  });
});
