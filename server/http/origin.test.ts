import { describe, expect, it } from 'vitest';
import { isOurOrigin } from './origin.ts';

describe('isOurOrigin', () => {
  const alone = { publicUrl: undefined, proxies: 0 };
  const open = { publicUrl: 'https://room.example/', proxies: 1 };

  it('knows the page that was asked for itself, exactly', () => {
    const host = 'hall.local:3000';
    expect(isOurOrigin({ origin: 'http://hall.local:3000', host }, alone)).toBe(true);
    const foreign = [
      undefined,
      'null',
      'https://hall.local:3000',
      'http://hall.local',
      'http://hall.local:3000.evil.example',
      'http://evil.example',
      'http://hall.local:30000',
    ];
    for (const origin of foreign) expect(isOurOrigin({ origin, host }, alone)).toBe(false);
    expect(isOurOrigin({ origin: 'http://undefined' }, alone)).toBe(false);
  });

  it('goes by PUBLIC_URL where there is one, whatever the request claims', () => {
    expect(isOurOrigin({ origin: 'https://room.example', host: 'inner:3000' }, open)).toBe(true);
    expect(isOurOrigin({ origin: 'http://room.example', host: 'room.example' }, open)).toBe(false);
    expect(isOurOrigin({ origin: 'https://evil.example', host: 'evil.example' }, open)).toBe(false);
  });

  it('believes in https only behind a proxy', () => {
    const page = { origin: 'https://room.example', host: 'room.example' };
    expect(isOurOrigin(page, { publicUrl: undefined, proxies: 1 })).toBe(true);
    expect(isOurOrigin(page, alone)).toBe(false);
  });
});
