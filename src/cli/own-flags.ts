/** The flags that every command has, beside its options. */
export const ownFlags = [
  { name: 'help', short: 'h', description: 'Show the help.' },
  { name: 'version', short: 'V', description: 'Show the version.' },
] as const;
