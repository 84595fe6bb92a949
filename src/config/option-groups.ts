import type { OptionRow } from './option-row.ts';

/**
 * Headings of the help and of the reference with their options, in the order people need them. Every option has exactly
 * one; commands show those that they have.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
  'What to read': [
    'reports',
    'files',
    'text',
    'words',
    'tag',
    'after',
    'release',
    'action',
    'shell',
    'payload',
    'payloads',
    'digest',
    'to',
    'reportsFrom',
    'patterns',
    'reruns',
    'baseline',
    'baselineJob',
  ],
  'What fails': ['failOn', 'warnOn', 'strict', 'allowLabels'],
  'What to try': ['preview', 'dryRun', 'plan', 'backtest'],
  'The comment': [
    'key',
    'section',
    'title',
    'detail',
    'language',
    'comment',
    'order',
    'hide',
    'sections',
    'headline',
    'footer',
    'append',
    'touchedFiles',
    'trail',
    'about',
    'maxCharacters',
    'blame',
    'thread',
    'commitComment',
  ],
  'Comments on lines': ['inline', 'inlineSeverity', 'inlineReview', 'maxInline', 'gateThread'],
  'Statuses and labels': [
    'status',
    'name',
    'state',
    'description',
    'targetUrl',
    'labels',
    'labelRules',
    'add',
    'remove',
  ],
  'What the digest covers': [
    'period',
    'since',
    'until',
    'timeZone',
    'deployments',
    'environments',
    'incidentLabels',
    'hotfixLabels',
    'staleDays',
    'people',
    'reportJob',
    'maxRequests',
  ],
  'What is shipped': ['create', 'markShipped', 'shippedLabels', 'shippedMilestone'],
  'Where the digest goes': ['into', 'keepEach'],
  'What the error tracker gets': [
    'from',
    'commits',
    'authorEmails',
    'repository',
    'environment',
    'deployName',
    'deployUrl',
    'deployStarted',
    'deployFinished',
  ],
  'Which error tracker': ['sentryServer', 'sentryOrg', 'sentryProjects', 'sentryTokenVariable'],
  'What the bot does': ['sweep', 'rotateBefore', 'projects', 'deny'],
  'What comes in': ['listen', 'allowFrom', 'trustedProxy', 'metricsFrom'],
  'What is kept and done': [
    'spool',
    'deliver',
    'queues',
    'sweepEvery',
    'concurrency',
    'maxRequestsPerMinute',
    'maxInFlight',
    'maxEvents',
    'replay',
  ],
  'What to set up': [
    'install',
    'installName',
    'catalog',
    'bot',
    'parts',
    'rotate',
    'resend',
    'rotateToken',
    'test',
    'instructions',
    'alerts',
    'botProject',
    'receiver',
    'watch',
    'group',
    'subgroups',
    'events',
    'branches',
    'ref',
    'sweepCron',
    'resourceGroup',
    'template',
    'protectToken',
    'sslVerification',
    'allowInsecure',
  ],
  'Which GitLab, and what of it': [
    'server',
    'project',
    'mergeRequest',
    'pipeline',
    'sha',
    'limit',
    'maxWait',
    'notify',
    'spool',
  ],
  Output: ['output', 'out', 'json', 'audit'],
  'Configuration and log': ['config', 'logLevel', 'logFormat', 'color'],
};

export interface OptionGroup {
  readonly title: string;
  readonly rows: readonly OptionRow[];
}

const otherTitle = 'Other options';

/** The rows of one command by group, in the order of the help; groups without a row are skipped. */
export function groupedRows(rows: readonly OptionRow[]): readonly OptionGroup[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const grouped = Object.entries(groups).map(([title, keys]) => ({
    title,
    rows: keys.flatMap((key) => byKey.get(key) ?? []),
  }));
  const placed = new Set(grouped.flatMap((group) => group.rows));
  const others = { title: otherTitle, rows: rows.filter((row) => !placed.has(row)) };
  return [...grouped, others].filter((group) => group.rows.length > 0);
}
