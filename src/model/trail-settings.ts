import * as z from 'zod';

const addressWithKey = /^https?:\/\/[^\s{}]{1,400}\{key\}[^\s{}]{0,200}$/;

/** The value of `trail` in `.herald.yml`: the report and the bot read the same. Whoever uses the patterns tries them. */
export function trailSchema() {
  return z.strictObject({
    trackers: z
      .array(
        z.strictObject({
          pattern: z.string().min(1, 'an empty pattern is no key').max(200).meta({
            description: 'Regular expression of a key, such as `SHOP-\\d+`.',
          }),
          url: z
            .string()
            .regex(addressWithKey, 'an address with {key}, such as https://jira.example.com/browse/{key}')
            .meta({
              description: 'Address of one entry, with `{key}`.',
            }),
        }),
      )
      .max(20, 'at most 20 trackers')
      .default([])
      .meta({ description: 'Trackers outside of GitLab.' }),
  });
}
