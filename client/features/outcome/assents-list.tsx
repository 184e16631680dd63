import type { Editor } from '@tiptap/core';
import type { ReactNode } from 'react';
import { assentsOf, guardAssent, guardWithdrawAssent } from '../../../core/domain/room/assenting.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Button } from '../../ui/button.tsx';
import { notify } from '../../ui/notices.tsx';
import styles from './amendments.module.css';
import type { CitedRoom } from './evidence.ts';
import { assentTo, type Paragraph } from './paragraphs.ts';
import { goTo } from './use-amendments.ts';

type AssentsListProps = {
  readonly editor: Editor;
  readonly cited: CitedRoom;
  readonly who: Who;
  readonly paragraphs: readonly Paragraph[];
  readonly onGo: () => void;
};

/** Every paragraph with its light, by role, and my own word about it. */
export function AssentsList({ editor, cited, who, paragraphs, onGo }: AssentsListProps): ReactNode {
  const t = useText();
  return (
    <>
      <p className={styles.why}>{t('text:assent.hint')}</p>
      <ol className={styles.list} aria-label={t('text:assent.title')}>
        {paragraphs.map((paragraph) => {
          const { block, standing, lapsed } = paragraph;
          const isMineLapsed = who.kind === 'participant' && lapsed.includes(who.id);
          return (
            <li key={block.number} className={styles.row} data-light={standing.light}>
              <p className={styles.words} dir="auto">
                {block.words.trim()}
              </p>
              <p className={styles.head}>
                <strong className={styles.light} data-light={standing.light}>
                  {t(`text:assent.light.${standing.light}`)}
                </strong>{' '}
                {standing.roles
                  .map(({ role, agreed, all }) =>
                    t('text:assent.role', { role: t(`words:role.${role}`), agreed, all }),
                  )
                  .join(t('text:assent.separator'))}
              </p>
              {lapsed.length === 0 ? null : (
                <p className={styles.warn}>
                  {t('text:assent.lapsed', { count: lapsed.length })}
                  {isMineLapsed ? ` ${t('text:assent.mineLapsed')}` : null}
                </p>
              )}
              <div className={styles.acts}>
                <AssentButtons {...{ editor, cited, who, paragraph }} />
                <Button
                  isSmall
                  onClick={() => {
                    onGo();
                    const { place, size, words } = block;
                    goTo(editor, { from: place, to: place + size, words, isSame: true });
                  }}
                >
                  {t('text:amend.go')}
                </Button>
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}

type AssentButtonsProps = Pick<AssentsListProps, 'editor' | 'cited' | 'who'> & {
  readonly paragraph: Paragraph;
  /** Whether the button says which paragraph it is about: beside the text. */
  readonly isNamed?: boolean;
  readonly onDone?: () => void;
};

/** My own word about a paragraph: exactly what I have read, or nothing. */
export function AssentButtons(props: AssentButtonsProps): ReactNode {
  const { editor, cited, who, paragraph, isNamed = false, onDone } = props;
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const { room } = cited;
  const { sha256, block } = paragraph;
  const { number } = block;
  const isMine =
    who.kind === 'participant' &&
    assentsOf(room).some((one) => one.sha256 === sha256 && one.by.includes(who.id));
  const give = async (): Promise<void> => {
    const assent = assentTo(editor.state, paragraph);
    if (assent === null) {
      notify('bad', t('text:amend.movedOn'));
      return;
    }
    const { place } = assent;
    if (await tell(send('giveAssent', { params: { sha256 }, body: { place } }))) {
      notify('good', t('text:assent.given'));
      onDone?.();
    }
  };
  if (isMine)
    return guardWithdrawAssent(room, who, sha256).ok ? (
      <ActButton
        isSmall
        isWide={isNamed}
        onAct={async () => {
          if (await tell(send('withdrawAssent', { params: { sha256 } }))) onDone?.();
        }}
      >
        {isNamed ? t('text:assent.withdrawOn', { number }) : t('text:assent.withdraw')}
      </ActButton>
    ) : null;
  return guardAssent(room, who, sha256).ok ? (
    <ActButton isSmall isWide={isNamed} kind={isNamed ? 'plain' : 'main'} onAct={give}>
      {isNamed ? t('text:assent.giveOn', { number }) : t('text:assent.give')}
    </ActButton>
  ) : null;
}
