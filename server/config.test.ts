import { describe, expect, test } from 'vitest';
import { complaintTable, configSchema, readConfig } from './config.ts';

describe('readConfig', () => {
  test('needs nothing: the defaults are one local process with its own database and demo data', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      value: { HOST: '127.0.0.1', PORT: 3000, TRUST_PROXY: 0, embedded: true, DEMO: true },
    });
  });

  test('takes a database from outside, and then fills it with nothing', () => {
    const read = readConfig({ DATABASE_URL: 'postgresql://a:b@db:5432/c' });
    expect(read).toMatchObject({ ok: true, value: { embedded: false, DEMO: false } });
  });

  test('lets a demo be asked for or refused', () => {
    expect(readConfig({ DEMO: '0' })).toMatchObject({ value: { DEMO: false } });
    expect(readConfig({ DEMO: 'true', DATABASE_URL: 'postgres://db/c' })).toMatchObject({
      value: { DEMO: true },
    });
  });

  test.each([
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '192.168.1.5' },
    { HOST: 'localhost.example' },
    { TRUST_PROXY: '1' },
    { TRUST_PROXY: 'loopback' },
    { PUBLIC_URL: 'http://192.168.1.5:3000' },
    { PUBLIC_URL: 'https://127.0.0.1.example' },
  ])('shows no demo to a network unasked: %o', (env) => {
    expect(readConfig(env)).toMatchObject({ value: { embedded: true, isReachable: true, DEMO: false } });
    expect(readConfig({ ...env, DEMO: 'true' })).toMatchObject({ value: { isReachable: true, DEMO: true } });
  });

  test.each([
    { HOST: 'localhost' },
    { HOST: '127.0.1.1' },
    { HOST: '::1' },
    { PUBLIC_URL: 'http://localhost:5173' },
    { PUBLIC_URL: 'http://[::1]:3000' },
  ])('has a demo on this computer alone: %o', (env) => {
    expect(readConfig(env)).toMatchObject({ value: { isReachable: false, DEMO: true } });
  });

  test('takes proxies by number, name, address and network', () => {
    expect(readConfig({ TRUST_PROXY: '2' })).toMatchObject({ value: { TRUST_PROXY: 2 } });
    expect(readConfig({ TRUST_PROXY: 'loopback, 10.1.0.0/16,fd00::1' })).toMatchObject({
      value: { TRUST_PROXY: ['loopback', '10.1.0.0/16', 'fd00::1'] },
    });
  });

  test('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '', DATABASE_URL: '' })).toMatchObject({
      ok: true,
      value: { PORT: 3000, embedded: true },
    });
  });

  test.each([
    ['PORT', '80x'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['REDIS_URL', 'localhost:6379'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', 'nginx'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback,'],
    ['LOG_LEVEL', 'loud'],
    ['SECRET_KEY', 'short'],
    ['DEMO', 'perhaps'],
  ])('refuses %s=%s and names it', (variable, value) => {
    const read = readConfig({ [variable]: value });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.map((complaint) => complaint.variable)).toEqual([variable]);
  });

  test('tells every mistake at once and never shows a secret', () => {
    const read = readConfig({ PORT: 'http', SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://u:topsecret@h/d' });
    if (read.ok) throw new Error('a wrong configuration was taken');
    const table = complaintTable(read.error);
    expect(table.split('\n')).toHaveLength(4);
    expect(table).toContain('http');
    expect(table).not.toMatch(/hunter2|topsecret/);
  });

  test('describes every variable', () => {
    for (const [name, schema] of Object.entries(configSchema.shape))
      expect(schema.description, name).toMatch(/.{20}/);
  });
});
