import { constants, generateKeyPairSync, privateDecrypt, sign, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IssuedToken } from '../../../core/contract/box-doors.ts';
import { PollId } from '../../../core/domain/ids.ts';
import {
  bytesOf,
  fingerprintOf,
  nullifierOf,
  receiptText,
  textOf,
  trackerOf,
  type BoxBallot,
  type BoxKey,
} from '../../../core/domain/polls/box.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { isReceiptOf } from '../../../core/domain/polls/receipts.ts';
import { ApiError } from '../../lib/errors.ts';
import { blind, finalized } from './blinding.ts';
import { isSignedBy } from './signatures.ts';
import type { Purse } from './purse.ts';
import type { Slip } from './slip.ts';
import { createWallet, type Wallet, type WalletPorts } from './wallet.ts';

const pollId = PollId.parse('00000000-0000-4000-8000-000000000001');
const yes: Paper = { shape: 'mark', mark: 'yes' };
const no: Paper = { shape: 'mark', mark: 'no' };

/** The installation's. */
const receiptKeys = generateKeyPairSync('ed25519');
let key: BoxKey;
let secret: KeyObject;
/** Somebody else's. Its modulus is the smaller one: what is blinded for it can be signed with ours. */
let otherSpki: string;
beforeAll(() => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 3072 }));
  const modulus = (pair: (typeof pairs)[number]) =>
    Buffer.from(pair.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url');
  const [other, pair] = pairs.sort((a, b) => Buffer.compare(modulus(a), modulus(b)));
  if (other === undefined || pair === undefined) throw new Error('no keys');
  secret = pair.privateKey;
  otherSpki = textOf(other.publicKey.export({ type: 'spki', format: 'der' }));
  const spki = textOf(pair.publicKey.export({ type: 'spki', format: 'der' }));
  key = {
    spki,
    fingerprint: fingerprintOf(spki),
    receipts: receiptKeys.publicKey.export({ format: 'jwk' }).x ?? '',
  };
  // Primes are looked for by chance.
}, 60_000);

/** A device that keeps slips, as several tabs of it see them. */
function pocket(): Purse & { readonly slips: Map<string, Slip> } {
  const slips = new Map<string, Slip>();
  return {
    slips,
    read: (place) => Promise.resolve(slips.get(place) ?? null),
    begin: (slip) => {
      if (!slips.has(slip.key)) slips.set(slip.key, slip);
      return Promise.resolve(slips.get(slip.key) ?? slip);
    },
    all: () => Promise.resolve([...slips.values()]),
    drop: (place) => Promise.resolve(void slips.delete(place)),
    change: (place, change) => {
      const there = slips.get(place);
      if (there === undefined) return Promise.reject(new Error('nothing there'));
      slips.set(place, change(there));
      return Promise.resolve(change(there));
    },
  };
}

/** An honest server: one token for one voter, one ballot for one token. */
function house() {
  let issued: string | null = null;
  const box = new Map<string, BoxBallot>();
  let troubles = 0;
  return {
    box,
    /** So many answers get lost on the way back, and what was asked was done. */
    lose: (answers: number) => {
      troubles = answers;
    },
    takeToken: async (blinded: string): Promise<IssuedToken> => {
      if (issued !== null && issued !== blinded) throw new ApiError('TOKEN_TAKEN');
      issued = blinded;
      const options = { key: secret, padding: constants.RSA_NO_PADDING };
      const signature = textOf(privateDecrypt(options, bytesOf(blinded)));
      if ((troubles -= 1) >= 0) throw new ApiError('OFFLINE');
      return { signature, box: { url: '/box/s/p', jitterMs: 20_000 } };
    },
    putIntoBox: async (_url: string, ballot: BoxBallot) => {
      expect(await isSignedBy(key, ballot)).toBe(true);
      const nullifier = nullifierOf(ballot.msg);
      const there = box.get(nullifier);
      if (there !== undefined && JSON.stringify(there) !== JSON.stringify(ballot))
        throw new ApiError('TOKEN_SPENT');
      box.set(nullifier, ballot);
      if ((troubles -= 1) >= 0) throw new ApiError('OFFLINE');
      const text = receiptText(pollId, nullifier, ballot.paper);
      return {
        tracker: trackerOf(nullifier, pollId),
        receipt: textOf(sign(null, Buffer.from(text), receiptKeys.privateKey)),
      };
    },
  };
}

type Opening = { readonly purse: Purse; readonly endsAt?: () => number | null } & Partial<WalletPorts>;

/** One page of a voter, with a clock that is moved by hand. */
function page({ purse, endsAt = () => null, ...over }: Opening, server: ReturnType<typeof house>) {
  let now = 1_000_000;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const wallet = createWallet(
    { pollId, slip: 'mine', key, endsAt },
    {
      lacks: () => null,
      purse,
      blind,
      finalized,
      isReceipt: ({ receipts }, signed, receipt) => Promise.resolve(isReceiptOf(receipts, signed, receipt)),
      takeToken: server.takeToken,
      putIntoBox: server.putIntoBox,
      now: () => now,
      after: (ms, act) => {
        const timer = { at: now + ms, act };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
      random: () => 0.5,
      ...over,
    },
  );
  return {
    wallet,
    stop: wallet.start(),
    /** Lets time pass, and whatever is due be done. */
    pass: (ms: number) => {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { act } of due) act();
    },
  };
}

/** The step comes, or the state as it is after a while. */
async function until(wallet: Wallet, wanted: (state: ReturnType<Wallet['state']>) => boolean): Promise<void> {
  if (wanted(wallet.state())) return;
  await new Promise<void>((resolve) => {
    const unhear = wallet.subscribe(() => {
      if (!wanted(wallet.state())) return;
      unhear();
      resolve();
    });
  });
}
const at = (step: string) => (state: { readonly step: string }) => state.step === step;

describe(createWallet, () => {
  it('takes a token, sends a ballot after a while that everybody draws, and keeps the receipt without the choice', async () => {
    const [purse, server] = [pocket(), house()];
    const { wallet, pass } = page({ purse }, server);
    await until(wallet, at('ready'));
    await wallet.cast(yes);
    expect(wallet.state()).toMatchObject({ step: 'sending', paper: yes, sendAt: 1_010_000 });
    expect(server.box.size).toBe(0);
    pass(10_000);
    await until(wallet, at('cast'));
    expect([...server.box.values()].map(({ paper }) => paper)).toEqual([yes]);
    const slip = purse.slips.get('mine');
    expect(wallet.state()).toEqual({ step: 'cast', tracker: slip?.receipt?.tracker });
    expect(JSON.stringify(slip)).not.toContain('yes');
    expect(slip).toMatchObject({ token: '', inv: '', blinded: '', cast: null });
  });

  it('loses nothing and doubles nothing where answers are lost and the page is loaded again', async () => {
    const [purse, server] = [pocket(), house()];
    server.lose(1);
    const first = page({ purse }, server);
    await until(first.wallet, (state) => state.step === 'taking' && state.isTroubled);
    first.stop();
    const second = page({ purse }, server);
    await until(second.wallet, at('ready'));
    server.lose(1);
    await second.wallet.cast(no);
    second.pass(20_000);
    await until(second.wallet, (state) => state.step === 'sending' && state.isTroubled);
    second.stop();
    const third = page({ purse }, server);
    third.pass(20_000);
    await until(third.wallet, at('cast'));
    expect([...server.box.values()].map(({ paper }) => paper)).toEqual([no]);
  });

  it('is one voter in two tabs, and what the first cast goes on in the second', async () => {
    const [purse, server] = [pocket(), house()];
    const [a, b] = [page({ purse }, server), page({ purse }, server)];
    await Promise.all([until(a.wallet, at('ready')), until(b.wallet, at('ready'))]);
    await Promise.all([a.wallet.cast(yes), b.wallet.cast(no)]);
    expect(b.wallet.state()).toMatchObject({ step: 'sending', paper: yes });
    a.pass(20_000);
    b.pass(20_000);
    await Promise.all([until(a.wallet, at('cast')), until(b.wallet, at('cast'))]);
    expect(a.wallet.state()).toEqual(b.wallet.state());
    expect(server.box.size).toBe(1);
  });

  it('sends at once when asked, and seconds before the clock ends the poll', async () => {
    const server = house();
    const one = page({ purse: pocket() }, server);
    await until(one.wallet, at('ready'));
    await one.wallet.cast(yes);
    await one.wallet.sendNow();
    await until(one.wallet, at('cast'));
    const late = page({ purse: pocket(), endsAt: () => 1_007_000 }, house());
    await until(late.wallet, at('ready'));
    await late.wallet.cast(yes);
    expect(late.wallet.state()).toMatchObject({ sendAt: 1_002_000 });
  });

  it('sends what waits as soon as it hears that the host has ended the poll [B35]', async () => {
    const server = house();
    const end: { at: number | null } = { at: null };
    const { wallet, pass } = page({ purse: pocket(), endsAt: () => end.at }, server);
    await until(wallet, at('ready'));
    await wallet.cast(yes);
    expect(wallet.state()).toMatchObject({ step: 'sending', sendAt: 1_010_000 });
    pass(2_000);
    wallet.wake();
    await until(wallet, at('sending'));
    expect(server.box.size).toBe(0);
    end.at = 0;
    wallet.wake();
    await until(wallet, at('cast'));
    expect(server.box.size).toBe(1);
    // Whoever makes up their mind now does not wait either.
    const late = page({ purse: pocket(), endsAt: () => 0 }, house());
    await until(late.wallet, at('ready'));
    await late.wallet.cast(no);
    await until(late.wallet, at('cast'));
  });

  it('calls nothing counted that the announced key of receipts did not sign, and goes on trying [B37]', async () => {
    const server = house();
    const stranger = generateKeyPairSync('ed25519').privateKey;
    let isHonest = false;
    const purse = pocket();
    const { wallet, pass } = page(
      {
        purse,
        putIntoBox: async (url, ballot) => {
          const answer = await server.putIntoBox(url, ballot);
          const text = receiptText(pollId, nullifierOf(ballot.msg), ballot.paper);
          return isHonest ? answer : { ...answer, receipt: textOf(sign(null, Buffer.from(text), stranger)) };
        },
      },
      server,
    );
    await until(wallet, at('ready'));
    await wallet.cast(yes);
    await wallet.sendNow();
    await until(wallet, at('unproven'));
    expect(purse.slips.get('mine')).toMatchObject({ receipt: null, cast: { paper: yes } });
    isHonest = true;
    pass(15_000);
    await until(wallet, at('cast'));
    expect(server.box.size).toBe(1);
  });

  it('takes nothing where the device keeps nothing, is not safe, or cannot reckon', async () => {
    const never = () => Promise.reject(new Error('forbidden'));
    const forgetful: Purse = { ...pocket(), read: () => Promise.resolve(null) };
    let asked = 0;
    const server = { ...house(), takeToken: () => Promise.reject(new Error(`asked ${(asked += 1)}`)) };
    const cases: [Partial<WalletPorts> & { purse: Purse }, string][] = [
      [{ purse: { ...pocket(), read: never, begin: never, change: never } }, 'storage'],
      [{ purse: forgetful }, 'storage'],
      [{ purse: pocket(), lacks: () => 'insecure' }, 'insecure'],
      [{ purse: pocket(), blind: never }, 'crypto'],
    ];
    for (const [ports, why] of cases) {
      const { wallet, stop } = page(ports, server);
      await until(wallet, at('unable'));
      expect(wallet.state()).toEqual({ step: 'unable', why });
      stop();
    }
    expect(asked).toBe(0);
  });

  it('does not vote with a key that is not everybody’s', async () => {
    const spki = otherSpki;
    const announced = key;
    key = { ...announced, spki };
    const lying = page({ purse: pocket() }, house());
    await until(lying.wallet, at('foreign'));
    // The key that was announced, and a signature with another one.
    key = { ...announced, spki, fingerprint: fingerprintOf(spki) };
    const tagged = page({ purse: pocket() }, house());
    await until(tagged.wallet, at('foreign'));
    // Another key than the one of the token that is held.
    key = announced;
    const purse = pocket();
    const before = page({ purse }, house());
    await until(before.wallet, at('ready'));
    before.stop();
    key = { ...announced, spki, fingerprint: fingerprintOf(spki) };
    const after = page({ purse }, house());
    await until(after.wallet, at('foreign'));
    key = announced;
  });

  it('says why there is no token or no ballot, and lets a paper be filled in anew', async () => {
    const taken = page(
      { purse: pocket(), takeToken: () => Promise.reject(new ApiError('TOKEN_TAKEN')) },
      house(),
    );
    await until(taken.wallet, at('refused'));
    expect(taken.wallet.state()).toMatchObject({ at: 'token', reason: 'TOKEN_TAKEN' });
    const closed = page(
      { purse: pocket(), putIntoBox: () => Promise.reject(new ApiError('POLL_CLOSED')) },
      house(),
    );
    await until(closed.wallet, at('ready'));
    await closed.wallet.cast(yes);
    await closed.wallet.sendNow();
    await until(closed.wallet, at('refused'));
    expect(closed.wallet.state()).toMatchObject({ at: 'ballot', reason: 'POLL_CLOSED' });
    const purse = pocket();
    const server = house();
    let isFirst = true;
    const wrong = page(
      {
        purse,
        putIntoBox: (url, ballot) => {
          if (!isFirst) return server.putIntoBox(url, ballot);
          isFirst = false;
          return Promise.reject(new ApiError('BALLOT_EMPTY'));
        },
      },
      server,
    );
    await until(wrong.wallet, at('ready'));
    await wrong.wallet.cast(yes);
    await wrong.wallet.sendNow();
    await until(wrong.wallet, at('refused'));
    await wrong.wallet.cast(no);
    await wrong.wallet.sendNow();
    await until(wrong.wallet, at('cast'));
    expect([...server.box.values()].map(({ paper }) => paper)).toEqual([no]);
  });
});
