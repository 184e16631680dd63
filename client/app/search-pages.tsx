import { Queries } from '../lib/queries.tsx';
import { ArchiveSearchPage } from '../pages/archive-search.tsx';

export function ArchiveSearchDesk() {
  return (
    <Queries>
      <ArchiveSearchPage />
    </Queries>
  );
}
