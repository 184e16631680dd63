import { LinksDialog, type LinksDialogProps } from '../features/projection/links-dialog.tsx';
import { Queries } from '../lib/queries.tsx';

/** The session's codes over the room; comes with what it needs, when the chair asks for it. */
export function RoomLinks(props: LinksDialogProps) {
  return (
    <Queries>
      <LinksDialog {...props} />
    </Queries>
  );
}
