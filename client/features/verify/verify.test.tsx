// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { hexToBytes } from '@noble/hashes/utils.js';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { packed, sampleEntries, sampleSession } from '../../../core/testing/sample-bundle.ts';
import { BUNDLE_FAULTS } from '../../../core/domain/bundle/faults.ts';
import { loadTexts, setLocale } from '../../lib/i18n.ts';
import { BroughtBundle } from './brought-bundle.tsx';
import { checkpointIn } from './checkpoint.ts';
import { verifiesInBrowser } from './ed25519.ts';
import { judgeHere } from './judge.ts';
import zh from '../../locales/zh-CN/verify.json';
import en from '../../locales/en/verify.json';

const session = sampleSession();
const { files } = sampleEntries(session);
const zip = packed(files);

async function bring(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  render(<BroughtBundle />);
  const file = new File([bytes], 'record.zip');
  // jsdom's files lack what every browser of ours has.
  Object.defineProperty(file, 'arrayBuffer', { value: () => Promise.resolve(Uint8Array.from(bytes).buffer) });
  fireEvent.change(screen.getByLabelText('选择归档包'), { target: { files: [file] } });
  await waitFor(() => expect(document.body.textContent).toMatch(/核验通过|核验未通过|没有发现改动|▲/));
  return document.body.textContent;
}

beforeAll(async () => {
  await setLocale('zh-CN', { choose: false });
  await loadTexts(['verify']);
});
afterEach(cleanup);

describe('a record that somebody brings', () => {
  it('is verified here, and says what was looked at [BU6]', async () => {
    const text = await bring(zip);
    expect(text).toContain('核验通过：归档包自签名以来没有被改动。');
    expect(text).toContain(`${session.rows.length} 条记录逐条重算`);
    expect(text).toContain('请与主办方公布的密钥指纹对照');
  });

  it('names the row that was changed [BU3] [BU6]', async () => {
    const changed = Uint8Array.from(zip);
    const place = Buffer.from(zip).indexOf('"seq":7');
    changed[place + 6] = '8'.charCodeAt(0);
    const text = await bring(changed);
    expect(text).toContain('核验未通过：归档包被改动过。');
    expect(text).toContain('log.jsonl，第 7 条。');
  });

  it('that is something else is told so [BU5] [BU6]', async () => {
    expect(await bring(new TextEncoder().encode('PK'))).toContain('这不是商量给出的归档包');
    const large = { size: 2 ** 31 } as Blob;
    expect((await judgeHere({ file: large, expected: {} }))?.problems[0]?.code).toBe('ZIP_TOO_LARGE');
    const gone = { size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as Blob;
    expect(await judgeHere({ file: gone, expected: {} })).toBeNull();
  });

  it('has words for every fault, in both languages [BU3]', () => {
    for (const { faults } of [zh, en]) expect(Object.keys(faults).sort()).toEqual([...BUNDLE_FAULTS].sort());
  });

  it('is held against a checkpoint as somebody types it [BU4]', () => {
    const hash = 'A'.repeat(64);
    expect(checkpointIn(` 12：${hash} `)).toEqual({ size: 12, hash: 'a'.repeat(64) });
    expect(checkpointIn('')).toBeNull();
    expect(checkpointIn('12:abc')).toBeUndefined();
  });
});

describe('a signature in the browser', () => {
  it('is told right from wrong, and a key that is none from a browser that knows no such [BU3]', async () => {
    const entry = (path: string) => files.get(path) ?? new Uint8Array();
    const { publicKey, signature } = JSON.parse(new TextDecoder().decode(entry('signature.json')));
    const signed = {
      publicKey: hexToBytes(publicKey),
      message: entry('manifest.json'),
      signature: hexToBytes(signature),
    };
    expect(await verifiesInBrowser(signed)).toBe(true);
    expect(await verifiesInBrowser({ ...signed, message: zip })).toBe(false);
    expect(await verifiesInBrowser({ ...signed, publicKey: new Uint8Array(3) })).toBe(false);
    const unknown = Object.assign(new Error('unknown'), { name: 'NotSupportedError' });
    const importing = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(unknown);
    expect(await verifiesInBrowser(signed)).toBeNull();
    importing.mockRestore();
  });
});
