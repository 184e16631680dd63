import { asApiError, type ApiError } from '../../lib/errors.ts';

/** What a door answers, or why it does not. */
export async function heard<T>(answer: Promise<T>): Promise<T | ApiError> {
  try {
    return await answer;
  } catch (thrown) {
    return asApiError(thrown);
  }
}

/** Whether the same again may be taken a little later. */
export function mayPass({ code, reason }: ApiError): boolean {
  return (
    code === 'OFFLINE' ||
    code === 'UNAVAILABLE' ||
    code === 'RATE_LIMITED' ||
    code === 'INTERNAL' ||
    reason === 'SESSION_NOT_OPEN'
  );
}
