/**
 * How a schema reads that reads few values. zod compiles a parser for a schema with the first object that it reads:
 * that takes as long as reading a thousand of them without one, and pays only where many come.
 */
export const once = { jitless: true } as const;
