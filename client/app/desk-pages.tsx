import { Queries } from '../lib/queries.tsx';
import { AccountsPage } from '../pages/accounts.tsx';
import { HomePage } from '../pages/home.tsx';
import { PlanPage } from '../pages/plan.tsx';

export function HomeDesk() {
  return (
    <Queries>
      <HomePage />
    </Queries>
  );
}

export function PlanDesk() {
  return (
    <Queries>
      <PlanPage />
    </Queries>
  );
}

export function AccountsDesk() {
  return (
    <Queries>
      <AccountsPage />
    </Queries>
  );
}
