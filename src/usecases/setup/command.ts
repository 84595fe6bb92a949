import { setupOptions } from '../../config/setup-options.ts';
import { quoted } from '../../doctor/setup-line.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import type { SetupWishes } from './wishes.ts';

const chosen = [
  ['ref', '--ref'],
  ['events', '--events'],
  ['branches', '--branches'],
  ['template', '--no-template'],
  ['sslVerification', '--no-ssl-verification'],
  ['protectToken', '--no-protect-token'],
  ['sweepCron', '--sweep-cron'],
  ['resourceGroup', '--resource-group'],
  ['parts', '--parts'],
  ['config', '--config'],
] as const;

/** The options that differ from their defaults. */
function choicesOf(wishes: SetupWishes): readonly string[] {
  const defaults = setupOptions.parse({});
  return chosen.flatMap(([name, flag]): readonly string[] => {
    const [value, usual] = [String(wishes[name]), String(defaults[name])];
    if (value === usual) return [];
    return typeof wishes[name] === 'boolean' ? [flag] : [flag, value];
  });
}

/** The shell command with which a maintainer makes the wanted changes in one project. It contains no token. */
export function setupCommand(wishes: SetupWishes, bot: ProjectSettings, watched: ProjectSettings): string {
  const { apiUrl } = wishes;
  const words = [
    '--server',
    apiUrl.replace(/\/api\/v4\/?$/, ''),
    ...(/^http:/i.test(apiUrl) ? ['--allow-insecure'] : []),
    ...(bot.id === watched.id ? [] : ['--bot-project', bot.path]),
    '--watch',
    watched.path,
    ...choicesOf(wishes),
  ];
  return ['herald setup', ...words.map(quoted)].join(' ');
}
