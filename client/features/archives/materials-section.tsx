import type { ReactNode } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { materialRoutes } from '../../../core/contract/materials.ts';
import { materialsOf } from '../../../core/domain/room/materials.ts';
import { formatDateTimeLong } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { addressOf } from '../../lib/upload.ts';
import { nameOf } from '../../room/names.ts';
import { materialAnchor } from '../../lib/record-anchors.ts';
import { Section, WideTable } from './section.tsx';

/** What lay beside the session: each by its title and its fingerprint, which is what the record vouches for [Y1]. */
export function MaterialsSection({ archive }: { readonly archive: Archive }): ReactNode {
  const t = useText();
  const { room, sessionId } = archive;
  const materials = materialsOf(room);
  return (
    <Section id="materials" empty={materials.length === 0 ? t('archive:materials.none') : null}>
      <p>{t('archive:materials.notInside')}</p>
      <WideTable name={t('archive:materials.title')}>
        <thead>
          <tr>
            <th scope="col">{t('archive:materials.name')}</th>
            <th scope="col">{t('archive:materials.file')}</th>
            <th scope="col">{t('archive:materials.added')}</th>
            <th scope="col">{t('archive:materials.fingerprint')}</th>
          </tr>
        </thead>
        <tbody>
          {materials.map(({ id, title, kind, sha256, by, at, withdrawn }) => (
            <tr key={id} id={materialAnchor(id)}>
              <th scope="row" dir="auto">
                {withdrawn === undefined ? (
                  <a href={addressOf(materialRoutes.openMaterial, { sessionId, materialId: id })}>{title}</a>
                ) : (
                  t('archive:materials.gone', { title })
                )}
              </th>
              <td>{t(`words:file.${kind}`)}</td>
              <td dir="auto">
                {nameOf(t, room.participants, by)} {formatDateTimeLong(at)}
              </td>
              <td>
                <code>{sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  );
}
