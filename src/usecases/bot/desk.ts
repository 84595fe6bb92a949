import type { BotSettings } from '../../bot/settings.ts';
import type { ProjectFacts } from '../../model/facts.ts';
import type { Person } from '../../model/person.ts';
import type { BotWorld } from './bot-world.ts';

/** A project that the bot serves, with the bot's user and the project's settings. */
export interface Desk {
  readonly world: BotWorld;
  readonly self: Person;
  readonly project: ProjectFacts;
  readonly settings: BotSettings;
}
