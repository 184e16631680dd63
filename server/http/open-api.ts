import { z } from 'zod';
import { Me } from '../../core/contract/accounts.ts';
import { ErrorBody, STATUS } from '../../core/contract/errors.ts';
import type { Route } from '../../core/contract/route.ts';
import { JoinLink, SessionSummary } from '../../core/contract/sessions.ts';
import { LogRow } from '../../core/domain/chain.ts';
import { Envelope, RoomEvent } from '../../core/domain/events.ts';
import { OutcomeNode } from '../../core/domain/outcome.ts';
import { Participant } from '../../core/domain/people.ts';
import { PollDraft } from '../../core/domain/polls/draft.ts';
import { Paper } from '../../core/domain/polls/paper.ts';
import { SessionPlan } from '../../core/domain/sessions.ts';

/** Nouns that many routes speak of: described once, under a name. */
const nouns = z.registry<{ id: string }>();
const named = {
  Error: ErrorBody,
  Me,
  SessionSummary,
  JoinLink,
  LogRow,
  Envelope,
  RoomEvent,
  OutcomeNode,
  Participant,
  Paper,
  PollDraft,
  SessionPlan,
};
for (const [id, schema] of Object.entries(named)) nouns.add(schema, { id });

/** The OpenAPI 3.1 document of the product, made of the same descriptions that the doors are made of. */
export function openApi(routes: Readonly<Record<string, Route>>, version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Shangliang', version, description: 'The HTTP API of a consultation room.' },
    paths,
    components: {
      schemas: describeNouns(),
      securitySchemes: { signIn: { type: 'apiKey', in: 'cookie', name: '__Host-shangliang' } },
    },
  };
}

function operation(name: string, route: Route): Record<string, unknown> {
  const body = schemaOf(route.body, 'input');
  const isEmpty = body['$ref'] === undefined && Object.keys(properties(body)).length === 0;
  return {
    operationId: name,
    summary: route.summary,
    ...(route.auth === 'person' ? { security: [{ signIn: [] }] } : { security: [] }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.isIdempotent ? [keyParameter] : []),
    ],
    ...(isEmpty ? {} : { requestBody: { required: true, content: jsonOf(body) } }),
    responses: {
      200: { description: 'Done', content: jsonOf(schemaOf(route.reply, 'output')) },
      default: {
        description: `An error; status by code: ${statusList}`,
        content: jsonOf({ $ref: '#/components/schemas/Error' }),
      },
    },
  };
}

const statusList = Object.entries(STATUS)
  .map(([code, status]) => `${code} ${status}`)
  .join(', ');

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,100}$' },
};

function parameters(schema: z.ZodType, place: 'path' | 'query'): Record<string, unknown>[] {
  return Object.entries(properties(schemaOf(schema, 'output'))).map(([name, described]) => {
    return { name, in: place, required: true, schema: described };
  });
}

function properties(schema: Record<string, unknown>): Record<string, unknown> {
  return object(schema['properties']);
}

function jsonOf(schema: Record<string, unknown>): Record<string, unknown> {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  // A custom shape (the room) is described in docs/generated/events.md; JSON Schema knows no refinements.
  return cleaned(z.toJSONSchema(schema, { unrepresentable: 'any', io, metadata: nouns }));
}

function describeNouns(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(nouns, { unrepresentable: 'any', uri: (id) => `#/$defs/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, cleaned(schema)]));
}

/** Without the words of JSON Schema that OpenAPI has its own for; references lead to the components. */
function cleaned(described: object): Record<string, unknown> {
  const text = JSON.stringify(described).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _dialect, $defs: _nouns, $id: _id, id: _name, ...own } = object(JSON.parse(text));
  return own;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
