import { samplePayloads } from '../../src/demo/samples/payloads.ts';

/** The sample payloads, of which a test overrides what it is about. */
type Payload = Readonly<Record<string, unknown>>;

export const aUser: Payload = samplePayloads.issue.user;

export function aPush(overrides: Payload = {}): Payload {
  return { ...samplePayloads.push, ...overrides };
}

function withAttributes(
  sample: Payload & { readonly object_attributes: Payload },
  attributes: Payload,
  overrides: Payload,
): Payload {
  return { ...sample, object_attributes: { ...sample.object_attributes, ...attributes }, ...overrides };
}

export function aMergeRequestPayload(attributes: Payload = {}, overrides: Payload = {}): Payload {
  return withAttributes(samplePayloads.merge_request, { action: 'update', ...attributes }, overrides);
}

export function anIssue(attributes: Payload = {}, overrides: Payload = {}): Payload {
  return withAttributes(samplePayloads.issue, attributes, overrides);
}

export function aNotePayload(attributes: Payload = {}, overrides: Payload = {}): Payload {
  return withAttributes(samplePayloads.note, attributes, overrides);
}

/** One payload of each kind; that of a pipeline has a variable with a secret. */
export const onePayloadEach: Readonly<Record<string, Payload>> = {
  ...samplePayloads,
  pipeline: withAttributes(samplePayloads.pipeline, { variables: [{ key: 'TOKEN', value: 'canary' }] }, {}),
};
