import type { ReactNode } from 'react';
import { digest } from '../../../core/domain/digest.ts';
import { plainText, type OutcomeNode } from '../../../core/domain/outcome.ts';
import { assentsOf, standingOfParagraph } from '../../../core/domain/room/assenting.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { WideTable } from './section.tsx';

type AssentsPartProps = { readonly room: Room; readonly text: OutcomeNode };

/** Which paragraphs of the sealed text somebody agreed with, exactly as they read, by role [O16]. */
export function AssentsPart({ room, text }: AssentsPartProps): ReactNode {
  const t = useText();
  const known = new Set(assentsOf(room).flatMap(({ sha256, by }) => (by.length === 0 ? [] : [sha256])));
  const rows = paragraphsOf(text)
    .map((words) => ({ words, sha256: digest(words) }))
    .filter(({ sha256 }) => known.has(sha256));
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="assents-title">
      <h3 id="assents-title">{t('archive:assents.title')}</h3>
      <WideTable name={t('archive:assents.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:assents.paragraph')}</th>
            <th scope="col">{t('archive:assents.who')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ words, sha256 }, index) => (
            // A text may say the same twice.
            <tr key={`${index} ${sha256}`}>
              <td dir="auto">{words}</td>
              <td>
                {standingOfParagraph(room, sha256)
                  .roles.map(({ role, agreed, all }) =>
                    t('archive:assents.role', { role: t(`words:role.${role}`), agreed, all }),
                  )
                  .join(t('archive:assents.separator'))}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** The words of every paragraph and heading that says something. */
function paragraphsOf(node: OutcomeNode): readonly string[] {
  if (node.type !== 'paragraph' && node.type !== 'heading') return (node.content ?? []).flatMap(paragraphsOf);
  const words = plainText(node).trim();
  return words === '' ? [] : [words];
}
