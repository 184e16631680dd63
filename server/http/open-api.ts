import { z } from 'zod';
import { ErrorBody, STATUS } from '../../core/contract/errors.ts';
import type { Route } from '../../core/contract/route.ts';

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
      schemas: { Error: schemaOf(ErrorBody, 'output') },
      securitySchemes: { signIn: { type: 'apiKey', in: 'cookie', name: '__Host-shangliang' } },
    },
  };
}

function operation(name: string, route: Route): Record<string, unknown> {
  const body = schemaOf(route.body, 'input');
  const hasBody = route.method !== 'GET' && Object.keys(properties(body)).length > 0;
  return {
    operationId: name,
    summary: route.summary,
    ...(route.auth === 'person' ? { security: [{ signIn: [] }] } : { security: [] }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.isIdempotent ? [keyParameter] : []),
    ],
    ...(hasBody ? { requestBody: { required: true, content: jsonOf(body) } } : {}),
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
  const found = schema['properties'];
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

function jsonOf(schema: Record<string, unknown>): Record<string, unknown> {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  // A custom shape (the room) is described in docs/generated/events.md; JSON Schema knows no refinements.
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { unrepresentable: 'any', io });
  return described;
}
