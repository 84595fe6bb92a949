import { type DoctorOptions, doctorOptions } from '../config/doctor-options.ts';
import { loadOptions } from '../config/load.ts';
import { sentryOptions } from '../config/sentry-options.ts';
import { setupOptions } from '../config/setup-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { type Check, hasProblem } from '../doctor/check.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import { idIn } from '../model/id-or-path.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import type { DoctorWishes } from '../usecases/doctor/doctor-wishes.ts';
import type { ReceiverWish } from '../usecases/setup/wishes.ts';
import type { Command } from './command.ts';
import { closingLine } from './doctor-summary.ts';
import { checksOfTracker } from './doctor-tracker.ts';
import type { Host } from './host.ts';
import { jsonLine } from './json-line.ts';
import { withSecretFiles } from './secret-files.ts';
import { openLog } from './session.ts';
import { setupWishesFrom } from './setup-wishes-from.ts';
import { summaries } from './summaries.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  description: summaries.doctor,
  options: doctorOptions,
  positional: null,
  examples: [
    ['herald doctor --watch group/project', 'one project that is its own bot'],
    ['herald doctor --bot-project group/herald-bot --group group', 'a bot for all projects of a group'],
    [
      'herald doctor --bot-project group/herald-bot --group group --notify',
      'in a schedule: one issue is kept up to date',
    ],
    [
      'herald doctor --receiver https://herald.example.com --watch group/project',
      'the webhook of a receiver',
    ],
  ],
  run: runDoctor,
};

const signs: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', problem: '✗', unknown: '?' };

function print(checks: readonly Check[], { json }: DoctorOptions, host: Host): void {
  const line = (text: string): string => visibleLine(host.hideSecrets(text));
  for (const check of checks) {
    if (json) {
      host.output.write(jsonLine(check, host));
      continue;
    }
    const { project, about, state, words, remedy } = check;
    const where = project === null ? '' : `${project}: `;
    host.output.write(`${signs[state]} ${line(`${where}${about}: ${words}`)}\n`);
    if (remedy !== null) host.output.write(`    ${line(remedy)}\n`);
  }
}

/** Labels are a matter of taste: they are checked only on request. */
const usualParts = ['webhook', 'token', 'schedule', 'queue', 'pipeline-variables'] as const;

/** A receiver alone needs no token, schedule or queue in a project of the bot. */
function partsOf({ receiver, botProject }: DoctorOptions): readonly (typeof usualParts)[number][] {
  return receiver !== null && botProject === null ? ['webhook'] : usualParts;
}

/** The secrets of webhooks, where the receiver's is given, so that they can be compared. */
async function receiverSecretsOf(
  { receiver }: DoctorOptions,
  { variables }: Host,
): Promise<ReceiverWish['secretOf']> {
  if (receiver === null) return () => null;
  const { webhookSecretsFrom } = await import('./receiver-secrets.ts');
  return webhookSecretsFrom(variables, { isNeeded: false });
}

/** Events that a receiver on this machine gave up. */
async function checksOfSpool({ spool }: DoctorOptions): Promise<readonly Check[]> {
  if (spool === null) return [];
  const { readDeadLetters } = await import('../serve/dead-letters.ts');
  const { checkSpool } = await import('../doctor/check-spool.ts');
  return checkSpool(spool, await readDeadLetters(spool));
}

async function wishesFrom(options: DoctorOptions, host: Host): Promise<DoctorWishes> {
  const { notify: _notify, json: _json, spool: _spool, allowInsecure, ...ofSetup } = options;
  const told = Object.entries(ofSetup).filter(([name, value]) => value !== null && !(name in sentryOptions));
  // Doctor creates nothing, so it sends no token.
  const unlessTold = { parts: [...partsOf(options)], allowInsecure: true, plan: true };
  const wanted = setupOptions.parse({ ...unlessTold, ...Object.fromEntries(told) });
  return {
    ...setupWishesFrom(wanted, host, await receiverSecretsOf(options, host)),
    given: new Set(told.map(([name]) => name)),
    allowInsecure,
  };
}

function jobProjectOf({ variables }: Host): number | null {
  return idIn(variables['CI_PROJECT_ID'] ?? '');
}

async function runDoctor(flags: Readonly<Record<string, unknown>>, given: Host): Promise<ExitCode> {
  const host = await withSecretFiles(given);
  const { options } = await loadOptions(doctorOptions, { flags, variables: host.variables, files: null });
  const wishes = await wishesFrom(options, host);
  if (options.notify && wishes.botProject === '')
    throw new UsageError('--notify needs a project for its issue', { hint: 'add --bot-project' });
  const log = openLog(options, host);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot')
    throw new UsageError('no bot token found', {
      hint: 'put the token to check into the variable HERALD_TOKEN',
    });
  const { kind, token, variable } = credentials;
  const connect = async (value: string, from: string): Promise<GitLab> => {
    const maxTotalMs = options.maxWait * 1000;
    const connection = { apiUrl: wishes.apiUrl, token: { kind, value, variable: from }, log, maxTotalMs };
    return (await host.connectGitLab(connection)).gitlab;
  };
  const { botToken } = wishes;
  const world = {
    gitlab: await connect(token, variable),
    clock: host.clock,
    log,
    own: { token, isOfJobIn: variable === 'HERALD_TOKEN' ? jobProjectOf(host) : null },
    botToken: botToken === null ? null : { gitlab: await connect(botToken.value, botToken.variable) },
  };
  const { doctor } = await import('../usecases/doctor/doctor.ts');
  const { bot, checks: ofGitLab } = await doctor(wishes, world);
  const ofTracker = await checksOfTracker(options, { host, log });
  const checks = [...ofGitLab, ...ofTracker, ...(await checksOfSpool(options))];
  print(checks, options, host);
  if (!options.json) host.output.write(`\n${visibleLine(host.hideSecrets(closingLine(checks)))}\n`);
  if (options.notify && bot !== null) {
    const { notifyDoctor } = await import('../usecases/doctor/notify.ts');
    const url = await notifyDoctor(bot, checks, world);
    if (url !== null) log.info(`issue: ${url}`);
  }
  return hasProblem(checks) ? exitCodes.gateFailed : exitCodes.done;
}
