import type { Icon } from '../../model/document.ts';

/** Emoji that GitLab and mail clients show in colour; words are beside them always. */
export const emoji: Readonly<Record<Icon, string>> = {
  passed: '✅',
  failed: '❌',
  warning: '⚠️',
  skipped: '⏭️',
  flaky: '🔁',
  info: 'ℹ️',
  running: '⏳',
  up: '🔺',
  down: '🔻',
};

/** One column wide in a terminal. */
export const terminalSymbols: Readonly<Record<Icon, string>> = {
  passed: '✔',
  failed: '✘',
  warning: '!',
  skipped: '-',
  flaky: '~',
  info: 'i',
  running: '…',
  up: '▲',
  down: '▼',
};
