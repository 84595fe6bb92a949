import * as z from 'zod';
import { botSchema } from '../bot/settings-schema.ts';
import { optionRows } from '../config/option-row.ts';
import { optionsByCommand } from '../config/options.ts';
import { quarantineSchema } from '../trail/quarantine/quarantine-schema.ts';

type Json = Readonly<Record<string, unknown>>;

const asObject = z.record(z.string(), z.unknown());

/** Drops what is only Herald's own from an option's meta, and lets a list be one text. */
function propertyOf(written: Json, isList: boolean): Json {
  const { input: _input, positional: _positional, example, ...property } = written;
  const examples = example === undefined ? {} : { examples: [example] };
  if (!isList) return { ...property, ...examples };
  const { type: _type, items, ...list } = property;
  return { ...list, anyOf: [{ type: 'array', items }, { type: 'string' }], ...examples };
}

function propertiesOfOptions(): Json {
  const properties: Record<string, Json> = {};
  const rows = Object.values(optionsByCommand).flatMap((schema) => optionRows(schema));
  const notInFile = new Set(rows.filter((row) => row.notInFile).map(({ name }) => name));
  for (const schema of Object.values(optionsByCommand)) {
    const json = z.toJSONSchema(schema, { io: 'input' });
    for (const row of optionRows(schema)) {
      // Where the token goes, and what a script writes, is nothing that a merge request could change.
      if (notInFile.has(row.name)) continue;
      const written = asObject.parse(json.properties?.[row.key]);
      // What one command has a default for, another may take as it is found: the former says what the key means.
      if (Object.hasOwn(properties, row.name) && written['default'] === null) continue;
      properties[row.name] = propertyOf(written, row.type === 'array');
    }
  }
  return properties;
}

/** The JSON Schema of `.herald.yml`, for editors; docs/reference/herald.schema.json is the same. */
export function configurationSchema(): Json {
  // What is used more than once is written once; the references lead to the root, so it must be there.
  const {
    $defs,
    $schema: _schema,
    ...bot
  } = z.toJSONSchema(botSchema, { io: 'input', reused: 'ref', unrepresentable: 'any' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Herald configuration (.herald.yml)',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...propertiesOfOptions(),
      bot: { ...bot, description: 'What the bot does in this project: docs/guides/rules.md.' },
    },
    $defs,
  };
}

/** The JSON Schema of `.herald/quarantine.yml`; docs/reference/quarantine.schema.json is the same. */
export function quarantineFileSchema(): Json {
  const { $schema, ...rest } = z.toJSONSchema(quarantineSchema, { io: 'input' });
  const oneOf = [{ required: ['test'] }, { required: ['glob'] }];
  const items = { ...asObject.parse(rest.items), oneOf };
  return { $schema, title: 'Quarantine of tests (.herald/quarantine.yml)', ...rest, items };
}
