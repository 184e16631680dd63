import { REASONS, type Code, type Reason, type Refusal } from '../core/domain/refusals.ts';

type Details = Readonly<Record<string, string | number | boolean>>;

/** A refusal on its way out: thrown by services, translated once at each door by its code. */
export class AppError extends Error {
  readonly reason: Reason;
  readonly details: Details;

  constructor(reason: Reason, options: { details?: Details; cause?: unknown } = {}) {
    super(`${REASONS[reason]} ${reason}`, { cause: options.cause });
    this.name = 'AppError';
    this.reason = reason;
    this.details = options.details ?? {};
  }

  get code(): Code {
    return REASONS[this.reason];
  }
}

/** Turns a domain refusal into the error that a door answers with. */
export function fromRefusal({ reason, facts }: Refusal): AppError {
  return new AppError(reason, facts === undefined ? {} : { details: facts });
}
