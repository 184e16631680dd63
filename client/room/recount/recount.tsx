import { useState } from 'react';
import type { BoxContent } from '../../../core/domain/polls/box.ts';
import { fileOf, type PollFile } from '../../../core/domain/polls/exporting.ts';
import type { ClosedPoll } from '../../../core/domain/polls/poll.ts';
import { fileName } from '../../../core/domain/file-words.ts';
import { download } from '../../lib/download.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { RecountVerdict } from './recount-verdict.tsx';
import { toldOf, verifiedFile, type FileTold, type Verified } from './verified.ts';
import styles from './recount.module.css';

/** A closed poll, and what lay in its box, where it had one. */
export type Whole = { readonly poll: ClosedPoll; readonly box: BoxContent | undefined };

export interface RecountProps {
  readonly poll: ClosedPoll;
  /** The poll with its roll, papers and box; null when they could not be had, which is told there. */
  readonly whole: () => Promise<Whole | null>;
  readonly nameOf: (id: string) => string;
}

type Found = { readonly file: FileTold; readonly verified: Verified };

/** Takes a closed poll out as a file, or counts it again here: as far as this reader may know it [B26]. */
export function Recount({ poll, whole, nameOf }: RecountProps) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const withFile = async (act: (file: PollFile) => void | Promise<void>) => {
    setBusy(true);
    const here = await whole();
    const file = here === null ? null : fileOf(here.poll, here.box);
    if (file !== null) await act(file);
    setBusy(false);
  };
  const check = async (file: PollFile) =>
    setFound({ file: toldOf(file), verified: await verifiedFile(file) });
  const take = (file: PollFile) =>
    download(
      fileName(t('recount:own.fileName', { question: poll.draft.question }), 'json'),
      JSON.stringify(file),
    );
  return (
    <div className={styles.own}>
      <p>{t('recount:own.what')}</p>
      <div className={styles.acts}>
        {/* -- whole tells its own failure. */}
        <Button isSmall isBusy={isBusy} onClick={() => void withFile(check)}>
          {t(found === null ? 'recount:own.check' : 'recount:own.again')}
        </Button>
        <Button isSmall isBusy={isBusy} onClick={() => void withFile(take)}>
          {t('recount:own.take')}
        </Button>
        <a className={styles.elsewhere} href="/recount">
          {t('recount:own.elsewhere')}
        </a>
      </div>
      <div role="status">
        {isBusy ? <p>{t('recount:own.loading')}</p> : null}
        {found === null || isBusy ? null : <RecountVerdict {...found} nameOf={nameOf} />}
      </div>
    </div>
  );
}
