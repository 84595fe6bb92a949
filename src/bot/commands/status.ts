import type { BotHealth, BotRun, BotRuns } from '../../model/bot-health.ts';
import { type Document, type Icon, icon, list, paragraph, text } from '../../model/document.ts';
import { counted } from '../../model/plural.ts';
import { decide } from '../permissions.ts';
import type { BotSettings } from '../settings.ts';
import type { BotCommand, CommandOutcome, Decision, TalkInput } from './command.ts';
import { act } from './outcome.ts';
import { timeAgo } from './time-ago.ts';

interface Line {
  readonly about: string;
  readonly state: Icon;
  readonly words: string;
}

const dayMilliseconds = 86_400_000;
const soonDays = 30;
/**
 * A sweep comes every quarter of an hour as `herald setup` schedules it; after a day without a sweep, the schedule does
 * not run.
 */
const lateSweepMilliseconds = dayMilliseconds;

const unseen = "cannot be seen with the bot's token";
const askDoctor = 'herald doctor with a token of that role shows it';

function configurationLine({ hasFile, commit, rules }: BotSettings): Line {
  const about = 'Configuration';
  if (!hasFile) return { about, state: 'info', words: 'none: only commands act' };
  const count = counted(rules.length, { one: 'rule', other: 'rules' });
  const from = commit === null ? '' : `of commit ${commit.slice(0, 8)}, `;
  return { about, state: 'passed', words: `${from}${count} in force` };
}

const webhooks: Readonly<Record<BotHealth['webhook'], Omit<Line, 'about'>>> = {
  working: { state: 'passed', words: 'switched on' },
  paused: { state: 'warning', words: 'switched off by GitLab for a while, because deliveries failed' },
  off: { state: 'failed', words: 'switched off by GitLab until a test succeeds, because deliveries failed' },
  none: { state: 'info', words: 'this project has no webhook to the bot; one of its group may serve it' },
  hidden: { state: 'info', words: `${unseen}, because that needs the role Maintainer; ${askDoctor}` },
};

function ranAt({ status, createdAt }: BotRun, now: Date): string {
  return `${createdAt === null ? 'at an unknown time' : timeAgo(createdAt, now)} (${status})`;
}

function eventLine({ lastEvent, looked }: BotRuns, now: Date): Line {
  const about = 'Last event';
  return lastEvent === null
    ? { about, state: 'warning', words: `none among the latest ${looked} pipelines of the bot` }
    : { about, state: 'passed', words: ranAt(lastEvent, now) };
}

function sweepLine({ lastSweep, looked, isCapped }: BotRuns, now: Date): Line {
  const about = 'Last sweep';
  if (lastSweep === null) {
    const state = isCapped ? 'info' : 'warning';
    return { about, state, words: `none among the latest ${looked} pipelines of the bot` };
  }
  const isLate = now.getTime() - Date.parse(lastSweep.createdAt ?? '') > lateSweepMilliseconds;
  const state = isLate || lastSweep.status === 'failed' ? 'warning' : 'passed';
  return { about, state, words: ranAt(lastSweep, now) };
}

function queueLine({ running, waiting, isCapped, looked }: BotRuns): Line {
  const more = isCapped && running + waiting >= looked ? ', and perhaps more' : '';
  return {
    about: 'Queue',
    state: waiting > 0 ? 'running' : 'passed',
    words: `${running} running, ${waiting} waiting${more}`,
  };
}

function runLines(runs: BotHealth['runs'], now: Date): readonly Line[] {
  const about = 'Events, sweeps and queue';
  if (runs === null) return [{ about, state: 'info', words: `the bot's project ${unseen}` }];
  if (runs === 'hidden')
    return [
      { about, state: 'info', words: "shown only to people who can see the pipelines of the bot's project" },
    ];
  return [eventLine(runs, now), queueLine(runs), sweepLine(runs, now)];
}

function tokenLine(token: BotHealth['token'], now: Date): Line {
  const about = 'Token';
  if (token === null) return { about, state: 'info', words: 'GitLab does not say when it expires' };
  const { expiresAt } = token;
  if (expiresAt === null) return { about, state: 'passed', words: 'never expires' };
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMilliseconds);
  if (days < 0) return { about, state: 'failed', words: `expired on ${expiresAt}` };
  const when = days === 0 ? 'today or tomorrow' : `in ${counted(days, { one: 'day', other: 'days' })}`;
  return { about, state: days < soonDays ? 'warning' : 'passed', words: `expires ${when}, on ${expiresAt}` };
}

function lineItem({ about, state, words }: Line): Document {
  return [paragraph(icon(state), text(` ${about}: ${words}.`))];
}

function plan({ facts, settings }: TalkInput): CommandOutcome {
  const { botHealth: health, now } = facts;
  const configuration = configurationLine(settings);
  const lines =
    health === null
      ? [configuration]
      : [
          configuration,
          { about: 'Webhook', ...webhooks[health.webhook] },
          ...runLines(health.runs, now),
          tokenLine(health.token, now),
        ];
  return act([list(...lines.map(lineItem))]);
}

const decideOnStatus = ({ facts }: TalkInput): Decision => decide('comment', facts);

/** Only reads: everybody who can comment here can ask for the bot's health. */
export const status: BotCommand = {
  name: 'status',
  usage: 'status',
  summary: "Shows the bot's health: configuration, webhook, queue, last sweep, expiry of its token.",
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['botHealth'],
  decide: decideOnStatus,
  plan,
  onCommit: { decide: decideOnStatus, plan },
};
