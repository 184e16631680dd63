import { useText } from '../../lib/i18n.ts';
import { Field } from '../../ui/field.tsx';

/** Whom the matter concerns, as they are written down: several in one line. */
export type Groups = { readonly stakeholders: string; readonly departments: string };

interface GroupFieldsProps {
  readonly groups: Groups;
  readonly onGroups: (groups: Groups) => void;
}

/** What a plan must name before it is approved, and may otherwise leave open [S9]. */
export function GroupFields({ groups, onGroups }: GroupFieldsProps) {
  const t = useText();
  return (
    <>
      <Field
        label={t('home:planning.stakeholders')}
        hint={t('home:planning.groupsHint')}
        value={groups.stakeholders}
        onChange={(event) => onGroups({ ...groups, stakeholders: event.currentTarget.value })}
      />
      <Field
        label={t('home:planning.departments')}
        hint={t('home:planning.groupsHint')}
        value={groups.departments}
        onChange={(event) => onGroups({ ...groups, departments: event.currentTarget.value })}
      />
    </>
  );
}
