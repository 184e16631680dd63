import { describe, expect, test } from 'vitest';
import { createLog, safeUrl } from './log.ts';

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  let written = '';
  write(createLog('info', { write: (line) => void (written += line) }));
  return written;
}

describe('the log', () => {
  test.each([
    [{ password: 'hunter2' }],
    [{ person: { passwordHash: 'hunter2' } }],
    [{ req: { headers: { cookie: 'signin=hunter2' } } }],
    [{ req: { headers: { authorization: 'Bearer hunter2' } } }],
    [{ res: { headers: { 'set-cookie': 'hunter2' } } }],
    [{ req: { body: { text: 'hunter2' } } }],
    [{ command: { text: 'hunter2' } }],
    [{ envelope: { event: { personal: { name: 'hunter2' } } } }],
    [{ a: { b: { c: { token: 'hunter2' } } } }],
    [{ config: { DATABASE_URL: 'postgres://u:hunter2@h/d' } }],
  ])('hides what is secret or personal: %j', (fields) => {
    const written = lines((log) => log.info(fields, 'something happened'));
    expect(written).toContain('something happened');
    expect(written).toContain('[hidden]');
    expect(written).not.toContain('hunter2');
  });

  test('keeps what helps: ids, codes, errors with their stack', () => {
    const written = lines((log) =>
      log.error({ sessionId: 's1', code: 'CLOSED', err: new Error('the pool is gone') }, 'refused'),
    );
    const line: unknown = JSON.parse(written);
    expect(line).toMatchObject({ sessionId: 's1', code: 'CLOSED', err: { message: 'the pool is gone' } });
  });

  test('is quiet below its level', () => {
    expect(lines((log) => log.debug('whisper'))).toBe('');
  });
});

describe('safeUrl', () => {
  test.each([
    ['/api/sessions/7', '/api/sessions/7'],
    ['/api/sessions?after=3', '/api/sessions?[hidden]'],
    ['/j/abc.def', '/j/[hidden]'],
    ['/api/join/abc/seat', '/api/join/[hidden]/seat'],
  ])('%s is logged as %s', (url, shown) => expect(safeUrl(url)).toBe(shown));
});
