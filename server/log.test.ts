import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';

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

  test('tells of a database error what it was, never the row or the values in it', () => {
    const refused = Object.assign(new Error('duplicate key value violates unique constraint'), {
      code: '23505',
      constraint: 'person_login_key',
      detail: 'Key (login)=(hunter2) already exists.',
      where: 'unnamed portal parameter $1 = hunter2',
      meta: { driverAdapterError: { cause: { originalMessage: 'hunter2' } } },
    });
    const both = new AggregateError([refused], 'two ways in, both shut');
    for (const err of [refused, both]) {
      const written = lines((log) => log.error({ err }, 'not kept'));
      expect(written).toContain('person_login_key');
      expect(written).not.toContain('hunter2');
    }
    expect(lines((log) => log.error({ err: 'no error at all' }, 'odd'))).toContain('no error at all');
  });

  test('is quiet below its level', () => {
    expect(lines((log) => log.debug('whisper'))).toBe('');
  });
});
