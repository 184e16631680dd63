import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import type { BoxContent } from '../../../core/domain/polls/box.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { openBox } from '../../room/box/box-line.ts';
import { ownIn, soughtFor, trackersOf } from '../../room/box/checking.ts';
import { slipKey, type Slip } from '../../room/box/slip.ts';
import { purse } from '../../room/box/own-purse.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import { TakeReceipt } from './box-receipt.tsx';
import styles from './polls.module.css';
import type { ClosedPoll } from './turnout.ts';

export interface BoxOwnProps {
  readonly sessionId: SessionId;
  readonly poll: ClosedPoll;
  readonly me: ParticipantId | null;
}

type Read =
  | { readonly step: 'reading' }
  | { readonly step: 'failed'; readonly error: ApiError }
  | { readonly step: 'read'; readonly content: BoxContent; readonly slip: Slip | null };

/** After the close: this page finds one's own ballot by itself, and anybody looks for a tracker in the whole list [B34]. */
export function BoxOwn({ sessionId, poll, me }: BoxOwnProps) {
  const t = useText();
  const [read, setRead] = useState<Read>({ step: 'reading' });
  const pollId = poll.draft.id;
  const isOver = useRef(false);
  const look = useCallback(async () => {
    const next = await readAll({ sessionId, pollId, me });
    if (!isOver.current) setRead(next);
  }, [sessionId, pollId, me]);
  useEffect(() => {
    isOver.current = false;
    // -- readAll never rejects.
    void look();
    return () => {
      isOver.current = true;
    };
  }, [look]);
  return (
    <section className={styles.boxState} aria-label={t('box:own.heading')}>
      <h4>{t('box:own.heading')}</h4>
      <div role="status">{read.step === 'reading' ? <p>{t('box:own.checking')}</p> : null}</div>
      {read.step === 'failed' ? (
        <>
          <p>
            {read.error.reason === 'POLL_UNPUBLISHED'
              ? t('box:own.notYet')
              : t('box:own.failed', { reason: reasonText(t, read.error.reason, read.error.details) })}
          </p>
          <div className={styles.ballotActs}>
            <Button isSmall onClick={() => void look()}>
              {t('box:own.retry')}
            </Button>
          </div>
        </>
      ) : null}
      {read.step === 'read' ? (
        <>
          <Own {...read} poll={poll} me={me} />
          <Trackers poll={poll} content={read.content} />
        </>
      ) : null}
    </section>
  );
}

type Asked = Pick<BoxOwnProps, 'sessionId' | 'me'> & { readonly pollId: ClosedPoll['draft']['id'] };

async function readAll({ sessionId, pollId, me }: Asked): Promise<Read> {
  try {
    const [content, slip] = await Promise.all([openBox({ sessionId, pollId }), slipOf()]);
    return { step: 'read', content, slip };
  } catch (thrown) {
    return { step: 'failed', error: asApiError(thrown) };
  }

  async function slipOf(): Promise<Slip | null> {
    try {
      return me === null ? null : await purse.read(slipKey(pollId, me));
    } catch {
      // A device that keeps nothing has no receipt.
      return null;
    }
  }
}

interface OwnProps extends Omit<BoxOwnProps, 'sessionId'> {
  readonly content: BoxContent;
  readonly slip: Slip | null;
}

function Own({ poll, me, content, slip }: OwnProps) {
  const t = useText();
  const own = slip === null ? null : ownIn(poll.draft.id, slip, content);
  if (me === null || own === null) return <p>{t('box:own.none')}</p>;
  const { found, tracker } = own;
  if (found === 'pending') return <p>{t('box:own.pending')}</p>;
  if (found === 'there')
    return (
      <p className={styles.state} data-state="counted">
        {t('box:own.there', { tracker })}
      </p>
    );
  return (
    <Alert>
      <p>{t(`box:own.${found}`, { tracker })}</p>
      {/* The box's answer was lost: nothing to take along. */}
      {slip?.receipt ? (
        <>
          <p>{t('box:own.next')}</p>
          <TakeReceipt poll={poll} me={me} />
        </>
      ) : null}
    </Alert>
  );
}

/** Every tracker of the box, without what was chosen, and a search in them. */
function Trackers({ poll, content }: Pick<OwnProps, 'poll' | 'content'>) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const trackers = trackersOf(poll.draft.id, content);
  const sought = soughtFor(typed);
  const found = sought === '' ? trackers : trackers.filter((tracker) => tracker.startsWith(sought));
  const [issued, cast] = [content.roster.length, content.ballots.length];
  return (
    <details className={styles.named}>
      <summary>{t('box:list.heading', { count: cast })}</summary>
      <p>{t('box:list.sum', { issued, cast, left: issued - cast })}</p>
      <div className={fields.field}>
        <label htmlFor={id}>{t('box:list.search')}</label>
        <input
          id={id}
          className={fields.control}
          type="search"
          autoComplete="off"
          maxLength={20}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      <p role="status" className={styles.hint}>
        {sought === ''
          ? null
          : found.length === 0
            ? t('box:list.notFound')
            : t('box:list.found', { count: found.length })}
      </p>
      <ul role="list" className={styles.trackers}>
        {found.map((tracker) => (
          <li key={tracker}>
            <code>{tracker}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
