import express, { type Express, type RequestHandler } from 'express';
import { ALL_ROUTES } from '../../core/contract/api.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Proxies } from '../proxies.ts';
import type { Services } from '../services/services.ts';
import type { BindDeps } from './bind.ts';
import { createBoxDoors } from './box-doors.ts';
import { createErrorHandler } from './errors.ts';
import { healthz, readyz, type Health } from './health.ts';
import { metricsDoor, type Metrics } from './metrics.ts';
import { openApi } from './open-api.ts';
import { answerPolicy, pagePolicy } from './page-policy.ts';
import { nameRequest } from './request-id.ts';
import { createDoors } from './routes.ts';

/** What the HTTP side needs of the world. */
export type AppDeps = BindDeps & {
  readonly services: Services;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  /** Proxies in front whose X-Forwarded headers are believed, and nobody else's. */
  readonly proxies: Proxies;
  /** Serves the built client; null in development, where Vite does. */
  readonly client: RequestHandler | null;
  /** Where ballots go, where that is another host than ours. */
  readonly boxOrigin: string | null;
  readonly log: Log;
};

/** Everything that is answered over HTTP. */
export function createApp(deps: AppDeps): Express {
  const { health, metrics } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.proxies);
  app.set('query parser', 'simple');

  app.use(createBoxDoors({ ...deps, boxes: deps.services.boxes }));
  app.use(nameRequest);
  app.get('/healthz', healthz(health));
  app.get('/readyz', readyz(health));
  app.use(metrics.measure);
  const isHttps = deps.publicUrl?.startsWith('https:') ?? false;
  app.use('/api', answerPolicy({ isHttps }));
  app.get('/api/openapi.json', describeApi(health.version));
  for (const { route, handle } of createDoors(deps, deps.services))
    app[verb(route.method)](route.path, handle);
  app.use(...pagePolicy({ isHttps, boxOrigin: deps.boxOrigin }));
  app.get('/metrics', metricsDoor(metrics, deps.metricsToken));
  if (deps.client !== null) app.get('/{*path}', deps.client);
  app.use(() => {
    throw new AppError('ROUTE_UNKNOWN');
  });
  app.use(createErrorHandler(deps.log));
  return app;
}

function verb(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') {
  const verbs = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;
  return verbs[method];
}

function describeApi(version: string): RequestHandler {
  let text: string | undefined;
  return (_request, response) => {
    text ??= JSON.stringify(openApi(ALL_ROUTES, version));
    response.setHeader('Cache-Control', 'no-cache');
    response.type('application/json').send(text);
  };
}
