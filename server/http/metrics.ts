import { timingSafeEqual, createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../app-error.ts';

/** Numbers about this process, for Prometheus. */
export type Metrics = {
  readonly registry: Registry;
  /** Measures every request by its route, never by its address: an address may hold an id. */
  readonly measure: RequestHandler;
  /** A number that is read when it is asked for. */
  readonly gauge: (name: string, help: string, read: () => number) => void;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
    },
    measure: (request: Request, response: Response, next: NextFunction) => {
      const end = durations.startTimer();
      response.on('finish', () => {
        const route: unknown = request.route;
        const path = hasPath(route) ? route.path : 'other';
        end({ method: request.method, route: path, status: String(response.statusCode) });
      });
      next();
    },
  };
}

/** /metrics on the main port: with the right token, else as if there were no such page. */
export function metricsDoor({ registry }: Metrics, token: string | undefined): RequestHandler {
  return async (request, response) => {
    const given = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (token === undefined || !isSame(given, token)) throw new AppError('ROUTE_UNKNOWN');
    response.setHeader('Cache-Control', 'no-store');
    response.type(registry.contentType).send(await registry.metrics());
  };
}

/** /metrics alone on a port that only this machine reaches. */
export async function serveMetrics({ registry }: Metrics, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function hasPath(route: unknown): route is { path: string } {
  return typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string';
}
