import { createTextMask } from '../src/secrets/mask-text.ts';

/**
 * The mask that every run has, with no secrets in its environment: a text of a fixture that it changes is a fault of
 * its shapes.
 */
export const mask = createTextMask([]);
