/** What people paste into a tool whose alerts go to a receiver. */
export interface AlertTarget {
  /** Full path and id of the project. */
  readonly project: { readonly id: number; readonly path: string };
  /** As `.herald.yml` calls it. */
  readonly source: string;
  /** Where the receiver listens, without a slash at the end. */
  readonly receiver: string;
  /** Of this source in this project alone. */
  readonly secret: string;
  /** Its SHA-256, in hexadecimal. */
  readonly sha256: string;
}

/** The address of a source below that of the receiver. */
function addressOf({ receiver, source, project }: AlertTarget): string {
  return `${receiver.replace(/\/hooks\/gitlab$/, '')}/alerts/${source}/${project.id}`;
}

function alertmanagerLines(target: AlertTarget): readonly string[] {
  return [
    'In alertmanager.yml:',
    '  receivers:',
    '    - name: herald',
    '      webhook_configs:',
    `        - url: ${addressOf(target)}`,
    '          send_resolved: true',
    '          http_config:',
    '            authorization:',
    `              credentials: ${target.secret}`,
  ];
}

function grafanaLines(target: AlertTarget): readonly string[] {
  return [
    'In Grafana, Alerting > Contact points, a webhook:',
    `  URL: ${addressOf(target)}`,
    '  Authorization header, scheme: Bearer',
    `  Authorization header, credentials: ${target.secret}`,
  ];
}

function sentryLines(target: AlertTarget): readonly string[] {
  return [
    'In Sentry, Settings > Custom Integrations, an internal integration:',
    `  Webhook URL: ${addressOf(target)}`,
    '  Alert Rule Action: on',
    '  Permission "Issue & Event": Read',
    '  Webhooks: issue',
    'Give the receiver its client secret as HERALD_SENTRY_SECRET, and choose the integration as an action of alerts.',
  ];
}

function otherLines(target: AlertTarget): readonly string[] {
  return [
    'In the tool, a webhook with JSON:',
    `  POST ${addressOf(target)}`,
    '  Content-Type: application/json',
    `  Authorization: Bearer ${target.secret}`,
  ];
}

const kinds = [
  ['alertmanager', alertmanagerLines],
  ['grafana', grafanaLines],
  ['sentry', sentryLines],
] as const;

/**
 * The lines about one source in one project. They hold its secret: nobody else may see them. A source is known by the
 * beginning of its name.
 */
export function alertInstructions(target: AlertTarget): readonly string[] {
  const { source, project, sha256 } = target;
  const [, linesOf] = kinds.find(([name]) => source === name || source.startsWith(`${name}-`)) ?? [
    '',
    otherLines,
  ];
  const isKnown = kinds.some(([name]) => source === name);
  return [
    `${project.path}: alerts of ${source}`,
    ...linesOf(target).map((line) => `  ${line}`),
    '  In .herald.yml of its default branch:',
    '    bot:',
    '      alerts:',
    `        ${source}:`,
    ...(isKnown
      ? []
      : [`          format: ${kinds.find(([name]) => source.startsWith(`${name}-`))?.[0] ?? 'json'}`]),
    `          secret-sha256: ${sha256}`,
  ];
}
