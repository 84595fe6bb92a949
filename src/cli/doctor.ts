import { type DoctorOptions, doctorOptions } from '../config/doctor-options.ts';
import { loadOptions } from '../config/load.ts';
import { setupOptions } from '../config/options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { type Check, hasProblem } from '../doctor/check.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import type { DoctorWishes } from '../usecases/doctor/doctor-wishes.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { jsonLine } from './json-line.ts';
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

function wishesFrom(options: DoctorOptions, host: Host): DoctorWishes {
  const { notify: _notify, json: _json, allowInsecure, ...ofSetup } = options;
  const told = Object.entries(ofSetup).filter(([, value]) => value !== null);
  // Doctor creates nothing, so it sends no token.
  const unlessTold = { parts: [...usualParts], allowInsecure: true, plan: true };
  const wanted = setupOptions.parse({ ...unlessTold, ...Object.fromEntries(told) });
  return {
    ...setupWishesFrom(wanted, host),
    given: new Set(told.map(([name]) => name)),
    allowInsecure,
  };
}

function jobProjectOf({ variables }: Host): number | null {
  const id = variables['CI_PROJECT_ID'] ?? '';
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
}

async function runDoctor(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options } = await loadOptions(doctorOptions, { flags, variables: host.variables, files: null });
  const wishes = wishesFrom(options, host);
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
  const { bot, checks } = await doctor(wishes, world);
  print(checks, options, host);
  if (options.notify && bot !== null) {
    const { notifyDoctor } = await import('../usecases/doctor/notify.ts');
    const url = await notifyDoctor(bot, checks, world);
    if (url !== null) log.info(`issue: ${url}`);
  }
  return hasProblem(checks) ? exitCodes.gateFailed : exitCodes.done;
}
