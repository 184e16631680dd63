import type { Editor } from '@tiptap/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { RemarkDraft, type Remark } from '../../../core/domain/remarks.ts';
import { guardAnswerRemark, guardResolve, remarksOf } from '../../../core/domain/room/remarking.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { canBeDone } from '../../../core/domain/room/course.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import form from '../../ui/form.module.css';
import styles from './amendments.module.css';
import type { CitedRoom } from './evidence.ts';
import { findAnchored } from './text-anchor.ts';
import { goTo, personSaid } from './use-amendments.ts';

type RemarksListProps = {
  readonly editor: Editor;
  readonly cited: CitedRoom;
  readonly who: Who;
  /** The one that somebody came for. */
  readonly first: string | null;
  readonly onGo: () => void;
};

/** All remarks on the text: what is open first, then the newest; with the answers. */
export function RemarksList({ first, ...props }: RemarksListProps): ReactNode {
  const t = useText();
  const sorted = [...remarksOf(props.cited.room)]
    .reverse()
    .sort((one, other) => Number(one.resolved !== undefined) - Number(other.resolved !== undefined));
  return (
    <ul className={styles.list} aria-label={t('text:remark.title')}>
      {sorted.map((remark) => (
        <RemarkRow key={remark.id} {...props} remark={remark} isFirst={remark.id === first} />
      ))}
    </ul>
  );
}

type RemarkRowProps = Omit<RemarksListProps, 'first'> & {
  readonly remark: Remark;
  readonly isFirst: boolean;
};

function RemarkRow({ remark, isFirst, editor, cited, who, onGo }: RemarkRowProps): ReactNode {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const row = useRef<HTMLLIElement>(null);
  const { id, anchor, words, by, at, answers, resolved } = remark;
  const found = findAnchored(editor.state, anchor);
  useEffect(() => {
    if (isFirst) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isFirst]);
  const { room } = cited;
  const maySettle = guardResolve(room, who, id).ok && canBeDone(room.state, 'text:amend');
  const said = (text: string): string => (text === '' ? t('text:amend.erased') : text);
  const params = { remarkId: id };
  return (
    <li
      ref={row}
      className={styles.row}
      data-remark-id={id}
      data-phase={resolved === undefined ? 'waiting' : 'resolved'}
    >
      <p className={styles.head}>
        <strong className={styles.phase}>
          {t(resolved === undefined ? 'text:remark.open' : 'text:remark.resolved')}
        </strong>{' '}
        <span dir="auto">{personSaid(t, cited, by)}</span> <small>{formatDateTime(at)}</small>
      </p>
      <blockquote className={styles.quote} dir="auto">
        {said(anchor.quote)}
      </blockquote>
      <p className={styles.said} dir="auto">
        {said(words)}
      </p>
      {answers.length === 0 ? null : (
        <ol className={styles.answers} aria-label={t('text:remark.answers')}>
          {answers.map((answer) => (
            <li key={`${answer.at} ${answer.by} ${answer.words}`}>
              <p className={styles.head}>
                <span dir="auto">{personSaid(t, cited, answer.by)}</span>{' '}
                <small>{formatDateTime(answer.at)}</small>
              </p>
              <p className={styles.said} dir="auto">
                {said(answer.words)}
              </p>
            </li>
          ))}
        </ol>
      )}
      {resolved === undefined ? null : (
        <p className={styles.why}>
          {t('text:remark.resolvedBy', {
            name: personSaid(t, cited, resolved.by),
            time: formatDateTime(resolved.at),
          })}
        </p>
      )}
      {guardAnswerRemark(room, who, id).ok ? <AnswerForm remark={remark} /> : null}
      <div className={styles.acts}>
        {found === null ? (
          <span className={styles.warn}>{t('text:remark.gone')}</span>
        ) : (
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
        {maySettle && resolved === undefined ? (
          <ActButton isSmall onAct={() => tell(send('resolveRemark', { params }))}>
            {t('text:remark.resolve')}
          </ActButton>
        ) : null}
        {maySettle && resolved !== undefined ? (
          <ActButton isSmall onAct={() => tell(send('reopenRemark', { params }))}>
            {t('text:remark.reopen')}
          </ActButton>
        ) : null}
      </div>
    </li>
  );
}

function AnswerForm({ remark: { id } }: { readonly remark: Remark }): ReactNode {
  const t = useText();
  const field = useId();
  const send = useSend();
  const tell = useTell();
  const [words, setWords] = useState('');
  const said = RemarkDraft.shape.words.safeParse(words);
  const answer = async (): Promise<void> => {
    if (!said.success) return;
    const params = { remarkId: id };
    if (await tell(send('answerRemark', { params, body: { words: said.data } }))) setWords('');
  };
  return (
    <div className={form.field}>
      <label htmlFor={field}>{t('text:remark.answer')}</label>
      <textarea
        id={field}
        className={form.control}
        dir="auto"
        rows={1}
        maxLength={LIMITS.remarkLength}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {words === '' ? null : (
        <div className={styles.acts}>
          <ActButton isSmall kind="main" disabled={!said.success} onAct={answer}>
            {t('text:remark.sendAnswer')}
          </ActButton>
        </div>
      )}
    </div>
  );
}
