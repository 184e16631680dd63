import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { announcement, lanAddress, type News } from './announce.ts';

const demo = { password: 'known-to-all', signIns: [{ login: 'admin', name: '管理员', what: 'admin' }] };
const news: News = { version: '1.2.3', port: 3000, lanAddress: '192.168.1.5', demo, first: null };
const alone = { HOST: '127.0.0.1', PUBLIC_URL: undefined, isReachable: false };

describe('announcement', () => {
  test('tells the address, and how phones would get in', () => {
    const said = announcement(alone, news);
    expect(said).toContain('ready: http://127.0.0.1:3000\n');
    expect(said).toContain('HOST=0.0.0.0 PUBLIC_URL=http://192.168.1.5:3000 DEMO=true');
    expect(said).not.toContain('WARNING');
  });

  test('keeps the port of a server that has one of its own, and tells no demo where there is none', () => {
    const said = announcement(alone, { ...news, port: 8080, demo: null, lanAddress: undefined });
    expect(said).toContain("HOST=0.0.0.0 PORT=8080 PUBLIC_URL=http://THIS-COMPUTER'S-ADDRESS:8080\n");
    expect(said).not.toMatch(/demo|DEMO/);
  });

  test('warns before it shows the passwords of a demo that others can reach', () => {
    const said = announcement({ ...alone, HOST: '0.0.0.0', isReachable: true }, news);
    expect(said).toContain('From other devices: http://192.168.1.5:3000\n');
    expect(said.indexOf('WARNING')).toBeGreaterThan(0);
    expect(said.indexOf('WARNING')).toBeLessThan(said.indexOf('known-to-all'));
  });

  test('shows the public address, and warns of nothing where there is no demo', () => {
    const config = { HOST: '0.0.0.0', PUBLIC_URL: 'https://meet.example', isReachable: true };
    const said = announcement(config, {
      ...news,
      demo: null,
      first: { login: 'admin', password: 'new-one' },
    });
    expect(said).toContain('ready: https://meet.example\n');
    expect(said).toContain('password  new-one');
    expect(said).not.toMatch(/WARNING|192\.168/);
  });
});

describe('lanAddress', () => {
  const at = (address: string, internal = false, family: 'IPv4' | 'IPv6' = 'IPv4') =>
    [{ address, internal, family }] as NetworkInterfaceInfo[];

  test('takes the address of a real network, not of a bridge or of this computer', () => {
    expect(
      lanAddress({
        lo: at('127.0.0.1', true),
        docker0: at('172.17.0.1'),
        eth0: [...at('fe80::1', false, 'IPv6'), ...at('192.168.1.5')],
      }),
    ).toBe('192.168.1.5');
  });

  test('takes a bridge when there is nothing else, and nothing when there is nothing', () => {
    expect(lanAddress({ docker0: at('172.17.0.1') })).toBe('172.17.0.1');
    expect(lanAddress({ lo: at('127.0.0.1', true), eth0: at('169.254.3.4') })).toBeUndefined();
  });
});
