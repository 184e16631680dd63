import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { mattersOf, OPINION_LETTERS, opinionOf } from '../../../core/domain/documents/opinion.ts';
import { DOCUMENT_KINDS, type DocumentForm, type DocumentKind } from '../../../core/domain/documents/tree.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { documentAddress, loadDocument, type WantedDocument } from './document-file.ts';
import { Paper } from './paper.tsx';
import styles from './take-document.module.css';

const FILES: readonly DocumentForm[] = ['docx', 'md', 'json'];
const MOST = 9_999;

/** 文书: an official document made of the record: looked at first, then taken away. */
export function TakeDocument({ archive }: { readonly archive: Archive }): ReactNode {
  const t = useText();
  const title = useId();
  const [kind, setKind] = useState<DocumentKind>('minutes');
  const [chosen, setChosen] = useState('');
  const [issue, setIssue] = useState('');
  const [shown, setShown] = useState<WantedDocument | null>(null);
  const number = issue === '' ? null : Number(issue);
  const isWrong = number !== null && !(Number.isInteger(number) && number >= 1 && number <= MOST);
  // Of a large session both take longer than a key may.
  const matters = useMemo(() => (kind === 'opinion' ? mattersOf(archive) : []), [archive, kind]);
  const matter = matters.find((one) => one.matter === chosen)?.matter ?? matters[0]?.matter ?? null;
  const about = kind === 'opinion' ? matter : null;
  // The same function refuses it on the server.
  const made = useMemo(() => (kind === 'opinion' ? opinionOf(archive, about) : null), [archive, kind, about]);
  const refusal = made === null || made.ok ? null : made.error;
  const isKept = isWrong || refusal !== null;
  const wanted: WantedDocument = {
    sessionId: archive.sessionId,
    kind,
    number: isWrong ? null : number,
    about,
  };
  return (
    <section className={styles.documents} aria-labelledby={title} id="documents">
      <h2 id={title} tabIndex={-1}>
        {t('archive:documents.title')}
      </h2>
      <p className={styles.what}>{t('archive:documents.what')}</p>
      <div className={styles.choices}>
        <Choice
          label={t('archive:documents.kind')}
          value={kind}
          options={DOCUMENT_KINDS.map((value) => ({ value, text: t(`archive:documents.kinds.${value}`) }))}
          onChoose={(value) => setKind(DOCUMENT_KINDS.find((one) => one === value) ?? 'minutes')}
        />
        {matters.length === 0 ? null : (
          <Choice
            label={t('archive:documents.matter')}
            hint={t('archive:documents.matterHint', { most: OPINION_LETTERS })}
            value={matter ?? ''}
            options={matters.map(({ matter: value, words }) => ({ value, text: words }))}
            onChoose={setChosen}
          />
        )}
        <Field
          label={t('archive:documents.number')}
          hint={t('archive:documents.numberHint')}
          inputMode="numeric"
          value={issue}
          maxLength={4}
          error={isWrong ? t('archive:documents.numberWrong', { max: MOST }) : undefined}
          onChange={(event) => setIssue(event.currentTarget.value.trim())}
        />
      </div>
      <div className={styles.acts}>
        <Button disabled={isKept} onClick={() => setShown(wanted)}>
          {t('archive:documents.show')}
        </Button>
        {isKept
          ? null
          : FILES.map((form) => (
              <a key={form} className={styles.file} href={documentAddress(wanted, form)} download="">
                {t(`archive:documents.forms.${form}`)}
              </a>
            ))}
      </div>
      <div role="status">
        {refusal === null ? null : (
          <p className={styles.failed}>{reasonText(t, refusal.reason, refusal.facts ?? {})}</p>
        )}
      </div>
      {shown === null ? null : <Preview wanted={shown} />}
    </section>
  );
}

function Preview({ wanted }: { readonly wanted: WantedDocument }): ReactNode {
  const t = useText();
  const { data, error } = useQuery({
    queryKey: ['document', wanted.sessionId, wanted.kind, wanted.number, wanted.about],
    queryFn: ({ signal }) => loadDocument(wanted, signal),
    retry: false,
  });
  return (
    <>
      <div role="status">
        {data === undefined && error === null ? <p>{t('archive:documents.making')}</p> : null}
        {error === null ? null : (
          <p className={styles.failed}>
            {reasonText(t, asApiError(error).reason, asApiError(error).details)}
          </p>
        )}
      </div>
      {data === undefined ? null : (
        <>
          <div className={styles.acts}>
            <Button kind="quiet" onClick={printPaper}>
              {t('archive:documents.print')}
            </Button>
          </div>
          <Paper document={data} />
        </>
      )}
    </>
  );
}

/** Prints the document and not the record around it; a browser makes a PDF of it too. */
function printPaper(): void {
  const { dataset } = document.documentElement;
  dataset['prints'] = 'document';
  window.addEventListener('afterprint', () => delete dataset['prints'], { once: true });
  window.print();
}
