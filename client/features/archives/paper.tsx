import type { ReactNode } from 'react';
import type { Block, OfficialDocument, Run } from '../../../core/domain/documents/tree.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './paper.module.css';

/** An official document as it will be read, on the screen. It becomes nothing but what is written here: no HTML is parsed. */
export function Paper({ document }: { readonly document: OfficialDocument }): ReactNode {
  const t = useText();
  const { head, notes, origin, imprint } = document;
  return (
    <article className={styles.paper} aria-label={t('archive:documents.preview')} lang="zh-CN">
      <p className={styles.mark}>{head.mark}</p>
      <p className={styles.number}>{head.number}</p>
      <p className={styles.ends}>
        <span>{head.office}</span>
        <span>{head.date}</span>
      </p>
      <h3 className={styles.title}>
        <Runs of={document.title} />
      </h3>
      {/* A document never changes, so a place is a good enough key. */}
      {document.blocks.map((block, index) => (
        <Piece key={index} block={block} />
      ))}
      {notes.length === 0 ? null : (
        <ol className={styles.notes} aria-label={t('archive:documents.notes')}>
          {notes.map((words, index) => (
            <li key={index} id={noteAnchor(index + 1)}>
              {words}
            </li>
          ))}
        </ol>
      )}
      <div className={styles.origin}>
        <p>{t('archive:documents.textHash', { hash: origin.textSha256 })}</p>
        <p>{t('archive:documents.checkpoint', { row: origin.logLength, hash: origin.logHead })}</p>
      </div>
      <p className={styles.imprint}>
        <span>{imprint.office}</span>
        <span>{imprint.date}</span>
      </p>
    </article>
  );
}

function Piece({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return (
        <h4 className={styles.heading} data-level={block.level}>
          <Runs of={block.runs} />
        </h4>
      );
    case 'paragraph':
      return (
        <p className={styles.words} data-depth={Math.min(block.depth ?? 0, 3)}>
          {block.mark}
          <Runs of={block.runs} />
        </p>
      );
    case 'people':
      return (
        <p className={styles.people}>
          <b>{block.label}</b>：{block.words}
        </p>
      );
    case 'table':
      return <Sheet block={block} />;
    case 'rule':
      return <hr />;
    case 'signed':
      return (
        <div className={styles.signed}>
          {block.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      );
  }
}

function Sheet({ block }: { readonly block: Extract<Block, { kind: 'table' }> }): ReactNode {
  return (
    <div className={styles.frame}>
      <table>
        <thead>
          <tr>
            {block.columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Runs({ of }: { readonly of: readonly Run[] }): ReactNode {
  return of.map((run, index) =>
    'note' in run ? (
      <sup key={index}>
        <a href={`#${noteAnchor(run.note)}`}>{run.note}</a>
      </sup>
    ) : (
      <span key={index} data-styles={run.styles?.join(' ')}>
        {run.words}
      </span>
    ),
  );
}

function noteAnchor(number: number): string {
  return `document-note-${number}`;
}
