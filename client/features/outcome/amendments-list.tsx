import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Amendment } from '../../../core/domain/amendments.ts';
import {
  amendmentsOf,
  guardDecideAmendment,
  guardWithdrawAmendment,
} from '../../../core/domain/room/amending.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import { useWhy, WhyField } from '../../ui/why-field.tsx';
import { amended } from './amend-text.ts';
import { AmendedWords } from './amended-words.tsx';
import styles from './amendments.module.css';
import type { CitedRoom } from './evidence.ts';
import { findAnchored, type Found } from './text-anchor.ts';
import { goTo, personSaid } from './use-amendments.ts';

type AmendmentsListProps = {
  readonly editor: Editor;
  readonly cited: CitedRoom;
  readonly who: Who;
  readonly canWrite: boolean;
  /** The one that somebody came for. */
  readonly first: string | null;
  /** They go to a place in the text. */
  readonly onGo: () => void;
};

/** All that people would have otherwise: what waits first, then the newest; with what became of it. */
export function AmendmentsList({ first, ...props }: AmendmentsListProps): ReactNode {
  const t = useText();
  const isWaiting = ({ state }: Amendment) => Number(state.phase === 'waiting');
  const sorted = [...amendmentsOf(props.cited.room)]
    .reverse()
    .sort((one, other) => isWaiting(other) - isWaiting(one));
  return (
    <ul className={styles.list} aria-label={t('text:amend.title')}>
      {sorted.map((amendment) => (
        <AmendmentRow key={amendment.id} {...props} amendment={amendment} isFirst={amendment.id === first} />
      ))}
    </ul>
  );
}

type AmendmentRowProps = Omit<AmendmentsListProps, 'first'> & {
  readonly amendment: Amendment;
  readonly isFirst: boolean;
};

function AmendmentRow({
  amendment,
  isFirst,
  editor,
  cited,
  who,
  canWrite,
  onGo,
}: AmendmentRowProps): ReactNode {
  const t = useText();
  const row = useRef<HTMLLIElement>(null);
  const { anchor, words, why, by, at, state } = amendment;
  const found = findAnchored(editor.state, anchor);
  useEffect(() => {
    if (isFirst) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isFirst]);
  const mayDecide = guardDecideAmendment(cited.room, who, amendment.id).ok && canWrite;
  const mayWithdraw = guardWithdrawAmendment(cited.room, who, amendment.id).ok;
  const isUnwritten =
    canWrite && state.phase === 'accepted' && state.byHand !== true && found?.isSame === true;
  return (
    <li ref={row} className={styles.row} data-amendment-id={amendment.id} data-phase={state.phase}>
      <p className={styles.head}>
        <strong className={styles.phase}>{t(`text:amend.phase.${state.phase}`)}</strong>{' '}
        <span dir="auto">{personSaid(t, cited, by)}</span> <small>{formatDateTime(at)}</small>
      </p>
      <p className={styles.words} dir="auto">
        {anchor.quote === '' ? (
          t('text:amend.erased')
        ) : (
          <AmendedWords old={anchor.quote} fresh={words ?? ''} />
        )}
      </p>
      {why === '' ? null : (
        <p className={styles.why} dir="auto">
          {t('text:amend.whyOf', { why })}
        </p>
      )}
      {state.phase === 'accepted' || state.phase === 'declined' ? (
        <p className={styles.why} dir="auto">
          {state.phase === 'accepted'
            ? t(state.byHand === true ? 'text:amend.acceptedByHand' : 'text:amend.acceptedBy', {
                author: personSaid(t, cited, by),
                name: personSaid(t, cited, state.by),
              })
            : t('text:amend.declinedBy', { name: personSaid(t, cited, state.by), why: state.why })}
        </p>
      ) : null}
      <div className={styles.acts}>
        {found === null ? null : (
          <Button
            isSmall
            onClick={() => {
              onGo();
              goTo(editor, found);
            }}
          >
            {t('text:amend.go')}
          </Button>
        )}
        {isUnwritten ? (
          <>
            <span className={styles.warn}>{t('text:amend.unwritten')}</span>
            <Button isSmall kind="main" onClick={() => write(editor, found, words ?? '')}>
              {t('text:amend.write')}
            </Button>
          </>
        ) : null}
        {mayWithdraw ? <Withdraw amendment={amendment} /> : null}
      </div>
      {mayDecide ? <Decide {...{ amendment, editor, found }} /> : null}
    </li>
  );
}

/** As an edit of whoever accepts: they can undo it. */
function write(editor: Editor, found: Found, words: string): void {
  editor.view.dispatch(amended(editor.state, found, words));
}

function Withdraw({ amendment: { id } }: { readonly amendment: Amendment }): ReactNode {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  return (
    <ActButton isSmall onAct={() => tell(send('withdrawAmendment', { params: { amendmentId: id } }))}>
      {t('text:amend.withdraw')}
    </ActButton>
  );
}

type DecideProps = { readonly amendment: Amendment; readonly editor: Editor; readonly found: Found | null };

/** Accepted, and written at once; where the text says something else by now, whoever decides sees both. */
function Decide({ amendment, editor, found }: DecideProps): ReactNode {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const why = useWhy();
  const [isDeclining, setDeclining] = useState(false);
  const { id, anchor } = amendment;
  const words = amendment.words ?? '';
  const accept = async (byHand: boolean): Promise<void> => {
    const params = { amendmentId: id };
    const isTaken = await tell(send('acceptAmendment', { params, body: byHand ? { byHand: true } : {} }));
    if (!isTaken || byHand) return;
    // Others wrote while it was on its way: only what whoever accepted has seen is replaced.
    const now = findAnchored(editor.state, anchor);
    if (now === null || now.words !== found?.words) notify('bad', t('text:amend.changedMeanwhile'));
    else write(editor, now, words);
  };
  const decline = async (): Promise<void> => {
    const said = why.ask();
    if (said === null) return;
    if (await tell(send('declineAmendment', { params: { amendmentId: id }, body: { why: said } })))
      setDeclining(false);
  };
  return (
    <div className={styles.decide}>
      {found?.isSame === true ? null : (
        <p className={styles.warn} dir="auto">
          {found === null ? t('text:amend.gone') : t('text:amend.nowReads', { words: found.words })}
        </p>
      )}
      <div className={styles.acts}>
        {found === null ? null : (
          <ActButton isSmall kind="main" onAct={() => accept(false)}>
            {t(found.isSame ? 'text:amend.accept' : 'text:amend.acceptOver')}
          </ActButton>
        )}
        {found?.isSame === true ? null : (
          <ActButton isSmall onAct={() => accept(true)}>
            {t('text:amend.acceptByHand')}
          </ActButton>
        )}
        {isDeclining ? null : (
          <Button isSmall onClick={() => setDeclining(true)}>
            {t('text:amend.decline')}
          </Button>
        )}
      </div>
      {isDeclining ? (
        <>
          <WhyField {...why.field} label={t('text:amend.declineWhy')} />
          <div className={styles.acts}>
            <ActButton isSmall kind="main" onAct={decline}>
              {t('text:amend.decline')}
            </ActButton>
          </div>
        </>
      ) : null}
    </div>
  );
}
