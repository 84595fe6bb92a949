import type { Command } from './command.ts';
import type { CommandName } from './summaries.ts';

/** Every command. Adding one is one file, one entry here and one in summaries.ts; only what is run is loaded. */
export const commandLoaders: Readonly<Record<CommandName, () => Promise<Command>>> = {
  report: async () => (await import('./report.ts')).reportCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  convert: async () => (await import('./convert.ts')).convertCommand,
  comment: async () => (await import('./comment.ts')).commentCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  label: async () => (await import('./label.ts')).labelCommand,
  'track-release': async () => (await import('./track-release.ts')).trackReleaseCommand,
  setup: async () => (await import('./setup.ts')).setupCommand,
  bot: async () => (await import('./bot.ts')).botCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  'release-notes': async () => (await import('./release-notes.ts')).releaseNotesCommand,
  digest: async () => (await import('./digest.ts')).digestCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  config: async () => (await import('./config.ts')).configCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
};

/** Every command in the order of the help. */
export function loadAllCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(commandLoaders).map((load) => load()));
}
