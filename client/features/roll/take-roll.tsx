import type { Room } from '../../../core/domain/room/state.ts';
import { fileName } from '../../../core/domain/file-words.ts';
import { csvOf } from '../../lib/csv.ts';
import { download } from '../../lib/download.ts';
import { deviceNow } from '../../lib/early.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { rollRows } from './roll-file.ts';

interface TakeRollProps {
  readonly room: Room;
  readonly nameOf: (id: string) => string;
}

/** The roll as a file for a spreadsheet: what is on this screen, for whoever reads it here [M9]. */
export function TakeRoll({ room, nameOf }: TakeRollProps) {
  const t = useText();
  const take = () => {
    const text = csvOf(rollRows(t, { room, nameOf }));
    const time = formatDateTime(new Date(deviceNow()).toISOString()).replaceAll(':', '');
    const name = fileName(t('room:rollFile.named', { title: room.plan?.title ?? '', time }), 'csv');
    download(name, text, 'text/csv;charset=utf-8');
  };
  return (
    <Button kind="quiet" isSmall onClick={take}>
      {t('room:rollFile.take')}
    </Button>
  );
}
