import styles from './result.module.css';
import type { Bar, NumberTable } from './reading.ts';

interface BarsProps {
  readonly bars: readonly Bar[];
  readonly of?: string | undefined;
}

/** Bars for the eye; each says its number beside it, and what all of them are shares of stands above. */
export function Bars({ bars, of }: BarsProps) {
  if (bars.length === 0) return null;
  return (
    <>
      {of === undefined ? null : <p className={styles.note}>{of}</p>}
      <ol role="list" className={styles.bars} data-many={bars.length > 8}>
        {bars.map((bar) => (
          <li key={bar.id} data-option={bar.id} data-count={bar.count} data-leads={bar.leads}>
            <span className={styles.title} dir="auto">
              {bar.title}
            </span>
            <span className={styles.number}>{bar.number}</span>
            <Segments bar={bar} />
          </li>
        ))}
      </ol>
    </>
  );
}

const WIDTH = 100;
const HEIGHT = 6;

function Segments({ bar: { segments } }: { readonly bar: Bar }) {
  const parts = segments.map(({ share, tone }, n) => {
    const before = segments.slice(0, n).reduce((sum, one) => sum + one.share * WIDTH, 0);
    return { tone, x: before, width: Math.max(0, Math.min(WIDTH - before, share * WIDTH)) };
  });
  return (
    <svg
      className={styles.bar}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className={styles.track} width={WIDTH} height={HEIGHT} />
      {parts.map(({ x, width, tone }) => (
        <rect key={tone} className={styles.part} data-tone={tone} x={x} width={width} height={HEIGHT} />
      ))}
    </svg>
  );
}

interface NumbersProps {
  readonly table: NumberTable;
}

/** The same numbers as a table; a wide one scrolls inside its own frame, with the keyboard too. */
export function Numbers({ table: { id, caption, corner, columns, rows, note } }: NumbersProps) {
  return (
    <div className={styles.numbers}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- reason: WCAG 2.1.1, a scrolling frame needs focus */}
      <div className={styles.frame} role="group" aria-label={caption} tabIndex={0}>
        <table className={styles.table} data-table={id}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {columns.map((column, n) => (
                // oxlint-disable-next-line react/no-array-index-key -- reason: columns never change places
                <th key={n} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} data-row={row.id} data-sum={row.isSum ?? false}>
                <th scope="row" dir="auto">
                  {row.title}
                </th>
                {row.cells.map((cell, n) => (
                  // oxlint-disable-next-line react/no-array-index-key -- reason: columns never change places
                  <td key={n} dir="auto">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note === null ? null : <p className={styles.note}>{note}</p>}
    </div>
  );
}
