import { alertActions } from '../../bot/alerts/alert-actions.ts';
import { type AlertDecisions, type AlertIssue, decideAlerts } from '../../bot/alerts/decide-alerts.ts';
import { UsageError } from '../../errors.ts';
import type { AlertCode, AlertSource } from '../../model/alert.ts';
import { genuineIssueRecord } from '../../model/issue-record.ts';
import { createTextMask } from '../../secrets/mask-text.ts';
import { readGroup } from '../../trail/alerts/alert-group.ts';
import { isSecretOf } from '../../trail/alerts/alert-secret.ts';
import { alertFormats } from '../../trail/alerts/registry.ts';
import type { AlertEnvelope } from '../../webhooks/alert-envelope.ts';
import { type BotWorld, type Handled, ignored } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { deskAbout, fieldsAbout } from './desk-about.ts';
import { fetchAlertCode } from './fetch-alert-code.ts';
import { openDesk } from './open-desk.ts';
import { perform } from './perform.ts';

const event = 'alert';

/**
 * Why an alert is not believed. The person who starts the process on their own machine has checked it; through a
 * trigger it needs the secret of its source, since the trigger's address is known to every project whose webhook has
 * it.
 */
function problemOfSecret(
  { secret }: AlertEnvelope,
  { name, secretSha256 }: AlertSource,
  isTrusted: boolean,
): string | null {
  if (isTrusted) return null;
  if (secretSha256 === null)
    return `bot.alerts.${name} has no "secret-sha256", which alerts through a trigger need`;
  if (secret === null) return 'the alert brings no secret: its address needs herald_secret';
  return isSecretOf(secret, secretSha256) ? null : 'the secret of the alert is not the one of its source';
}

/** The same value without what looks like a secret in its texts and names: before anything of it is cut. */
function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one: unknown) => masked(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  const entries: readonly [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, inner]) => [mask(name), masked(inner, mask)]));
}

/** The bot's issues, those that everybody can read only where that is wanted. */
async function fetchAlertIssues(
  { confidential }: AlertSource,
  { world, self, project }: Desk,
): Promise<readonly AlertIssue[]> {
  const { gitlab } = world;
  const sign = (words: string): string => gitlab.signature(words);
  const own = await gitlab.fetchOwnIssues(project.id);
  return own
    .filter((issue) => issue.confidential || !confidential)
    .sort((a, b) => a.iid - b.iid)
    .map(({ iid, key, state, description }) => ({
      iid,
      key,
      state,
      record: genuineIssueRecord(description, { project: project.id, authorId: self.id, key }, sign),
    }));
}

async function fetchAssignees({ assign }: AlertSource, { world }: Desk): Promise<readonly number[]> {
  const found = await Promise.all(assign.map((name) => world.gitlab.findUser(name)));
  return found.flatMap((person) => person?.id ?? []);
}

/** Where alerts are in the code, of those whose issue is opened. */
async function fetchCode({ decisions }: AlertDecisions, desk: Desk): Promise<ReadonlyMap<string, AlertCode>> {
  const found = new Map<string, AlertCode>();
  for (const { alert, key, plan } of decisions) {
    if (plan.do !== 'open' && plan.do !== 'reopen') continue;
    const code = await fetchAlertCode(alert, desk);
    if (code !== null) found.set(key, code);
  }
  return found;
}

function summary(
  { decisions, rest, unchanged }: AlertDecisions,
  { name }: AlertSource,
  omitted: number,
): string {
  const words = { open: 'opened', count: 'counted', reopen: 'reopened', close: 'closed' } as const;
  const parts = Object.entries(words).flatMap(([kind, word]) => {
    const number = decisions.filter(({ plan }) => plan.do === kind).length;
    return number === 0 ? [] : [`${number} ${word}`];
  });
  if (rest !== null) parts.push('some are only counted');
  if (unchanged.length > 0)
    parts.push(`${unchanged.length} without a change (${[...new Set(unchanged)].join(', ')})`);
  if (omitted > 0) parts.push(`${omitted} more were not in the message or too many`);
  return `alerts of ${name}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}

async function handleAt(envelope: AlertEnvelope, desk: Desk, isTrusted: boolean): Promise<Handled> {
  const { world, project, settings } = desk;
  const source = settings.alerts.find(({ name }) => name === envelope.source);
  if (source === undefined)
    return ignored(
      `${project.path} takes no alerts of ${envelope.source}: .herald.yml has no bot.alerts.${envelope.source}`,
    );
  const problem = problemOfSecret(envelope, source, isTrusted);
  if (problem !== null) return ignored(problem);
  const payload = masked(envelope.payload, createTextMask([]));
  const read =
    source.per === 'group'
      ? readGroup(payload, source.format)
      : alertFormats[source.format].read(payload, source.fields);
  if (read.outcome === 'nothing') return ignored(read.reason);
  if (read.outcome === 'malformed')
    throw new UsageError(`the alert of ${source.name} cannot be read: ${read.reason}`, {
      hint: 'docs/guides/alerts.md says which messages Herald reads',
    });
  const now = world.clock.now().toISOString();
  const issues = await fetchAlertIssues(source, desk);
  const decisions = decideAlerts(read, { source, issues, now });
  const reason = summary(decisions, source, read.omitted);
  if (decisions.decisions.length === 0 && decisions.rest === null) return ignored(reason);
  const isNew = [...decisions.decisions, ...(decisions.rest === null ? [] : [decisions.rest])].some(
    ({ iid }) => iid === null,
  );
  const actions = alertActions(decisions, {
    source,
    project,
    assigneeIds: isNew ? await fetchAssignees(source, desk) : [],
    code: await fetchCode(decisions, desk),
  });
  const cause = { by: `alerts ${source.name}`, event, config: settings.commit, permission: null };
  const writes = await perform(
    actions.map((action) => ({ action, cause })),
    world,
  );
  return { outcome: 'handled', reason, writes, explanation: [] };
}

/**
 * Handles alerts that another tool sent: one issue for each, found again by its fingerprint. GitLab cannot confirm an
 * alert, so a project has to name the source, and a secret where a trigger brings it. `isTrusted`: the person who runs
 * this process has checked where it comes from. Throws what the port throws, and `UsageError` for what cannot be read.
 */
export async function handleAlert(
  envelope: AlertEnvelope,
  world: BotWorld,
  isTrusted: boolean,
): Promise<Handled> {
  const wanted = envelope.project ?? world.scope.ownProject;
  if (wanted === null) return ignored('the alert names no project: its address needs herald_project');
  const desk = await openDesk(wanted, world);
  const about = (project: string | number): Pick<Handled, 'about'> => ({
    about: fieldsAbout({ event, project, object: null }),
  });
  if ('nothing' in desk) return { ...ignored(desk.nothing), ...about(wanted) };
  const handled = await handleAt(envelope, deskAbout(desk, { event, object: null }), isTrusted);
  return { ...handled, ...about(desk.project.path) };
}
