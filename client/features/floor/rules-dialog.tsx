import { useRef, useState } from 'react';
import { FLOOR_GROUPS, FLOOR_ORDERS, FloorOrder, REQUEST_KINDS } from '../../../core/domain/floor.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { floorRulesOf, type Room } from '../../../core/domain/room/state.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './floor.module.css';
import { rulesForm, rulesOf, type RulesField, type RulesForm } from './rules-form.ts';

export interface RulesDialogProps {
  readonly room: Room;
  readonly onClose: () => void;
}

/** The rules of discussion: who is called next, for how long, and what each group has in all. */
export function RulesDialog({ room, onClose }: RulesDialogProps) {
  const t = useText();
  const send = useSend();
  const tell = useTell();
  const [form, setForm] = useState<RulesForm>(() => rulesForm(floorRulesOf(room)));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const edit = (change: Partial<RulesForm>) => setForm({ ...form, ...change });
  const { least, most } = LIMITS.turnSeconds;
  const field = (name: RulesField, value: string, onValue: (value: string) => void) => ({
    inputMode: 'numeric' as const,
    value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onValue(event.currentTarget.value),
    error: wrong.has(name)
      ? t(`room:floor.fault.${name.startsWith('seconds') ? 'seconds' : 'number'}`, { least, most })
      : undefined,
  });
  const save = async () => {
    const read = rulesOf(form);
    setWrong('wrong' in read ? read.wrong : new Set());
    if ('wrong' in read) {
      // The form is longer than a phone: whoever saves is led to what is wrong.
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    if (await tell(send('ruleFloor', { body: read.rules }))) onClose();
    else setBusy(false);
  };
  return (
    <Dialog
      isOpen
      asks="ifTyped"
      title={t('room:floor.rulesTitle')}
      onClose={onClose}
      closeLabel={t('room:floor.rulesClose')}
    >
      <form
        ref={box}
        className={styles.ask}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(); // -- told by useTell
        }}
      >
        <Choice
          label={t('room:floor.orderLabel')}
          value={form.order}
          options={FLOOR_ORDERS.map((value) => ({ value, text: t(`words:rules.order.${value}`) }))}
          onChoose={(value) => edit({ order: FloorOrder.parse(value) })}
        />
        {REQUEST_KINDS.map((kind) => (
          <Field
            key={kind}
            label={t(`room:floor.secondsOf.${kind}`)}
            {...field(`seconds.${kind}`, form.seconds[kind], (value) =>
              edit({ seconds: { ...form.seconds, [kind]: value } }),
            )}
          />
        ))}
        <Field
          label={t('room:floor.graceLabel')}
          hint={t('room:floor.graceHint')}
          {...field('graceSeconds', form.graceSeconds, (graceSeconds) => edit({ graceSeconds }))}
        />
        {FLOOR_GROUPS.map((group) => (
          <Field
            key={group}
            label={t('room:floor.budgetOf', { group: t(`words:rules.group.${group}`) })}
            hint={group === 'members' ? t('room:floor.noneHint') : undefined}
            {...field(`budgets.${group}`, form.budgets[group], (value) =>
              edit({ budgets: { ...form.budgets, [group]: value } }),
            )}
          />
        ))}
        <Field
          label={t('room:floor.turnsLabel')}
          hint={t('room:floor.noneHint')}
          {...field('turnsPerItem', form.turnsPerItem, (turnsPerItem) => edit({ turnsPerItem }))}
        />
        <Button kind="main" isWide type="submit" isBusy={isBusy}>
          {t('room:floor.saveRules')}
        </Button>
      </form>
    </Dialog>
  );
}
