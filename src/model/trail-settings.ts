import * as z from 'zod';

const addressWithKey = /^https?:\/\/[^\s{}]{1,400}\{key\}[^\s{}]{0,200}$/;

const tracker = z.lazy(() =>
  z.strictObject({
    pattern: z
      .string()
      .min(1, 'an empty pattern matches nothing')
      .max(200)
      .meta({ description: 'Regular expression of a key, such as `SHOP-\\d+`.' }),
    url: z
      .string()
      .regex(addressWithKey, 'an address with {key}, such as https://jira.example.com/browse/{key}')
      .meta({ description: 'Address of one entry, with `{key}`.' }),
  }),
);

const trackers = z.lazy(() => z.array(tracker).max(20, 'at most 20 trackers').default([]));

/**
 * The value of `trail` in `.herald.yml`: the report and the bot read the same. Both try the patterns before they use
 * them.
 */
export const trailSettings = z.strictObject({ trackers });
