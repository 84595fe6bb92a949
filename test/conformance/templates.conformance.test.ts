import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

/** GitLab's own JSON Schema of CI files, as the corpus has it. */
const schemaFile = join(process.env['HERALD_CORPUS'] ?? '', 'gitlab-api/ci.schema.json');

interface CiSchema {
  $id?: string;
  properties: { spec: { properties: Record<string, unknown> } };
}

describe.skipIf(!existsSync(schemaFile))(
  'CI files against the schema of GitLab (skipped without a corpus)',
  () => {
    test.each(['templates/report/template.yml', '.gitlab-ci.yml'])('%s fits', (path) => {
      const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as CiSchema;
      delete schema.$id;
      // GitLab 18.7 and later know it; the copy of the schema does not yet.
      schema.properties.spec.properties['component'] = {
        type: 'array',
        items: { enum: ['name', 'sha', 'version', 'reference'] },
      };
      const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
      addFormats.default(ajv);
      const validate = ajv.compile(schema);
      // An input that is a list is one when GitLab has put it in.
      const text = readFileSync(path, 'utf8').replaceAll(/: \$\[\[ inputs\.artifacts-from \]\]$/gm, ': []');
      const documents = parseAllDocuments(text);
      for (const document of documents) {
        expect(document.errors).toEqual([]);
        validate(document.toJS());
        expect(validate.errors ?? []).toEqual([]);
      }
    });
  },
);
