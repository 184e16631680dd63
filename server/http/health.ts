import type { RequestHandler } from 'express';

/** What a process tells about itself. */
export type Health = {
  readonly startedAt: string;
  readonly version: string;
  /** True from the moment the process is asked to stop. */
  readonly isStopping: () => boolean;
  /** Asks the database; throws when it is away. */
  readonly pingDatabase: () => Promise<void>;
};

/** Whether the process lives. Says nothing about what it depends on, so that nobody restarts it for their sake. */
export function healthz({ startedAt, version }: Health): RequestHandler {
  return (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.json({ status: 'ok', startedAt, version });
  };
}

/** Whether the process should be given work. */
export function readyz({ isStopping, pingDatabase }: Health): RequestHandler {
  return async (_request, response) => {
    const status = isStopping()
      ? 'stopping'
      : await pingDatabase().then(
          () => 'ready',
          () => 'storage away',
        );
    response.setHeader('Cache-Control', 'no-store');
    response.status(status === 'ready' ? 200 : 503).json({ status });
  };
}
