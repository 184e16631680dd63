import { AccountsPage } from '../pages/accounts.tsx';
import { HomePage } from '../pages/home.tsx';
import { PlanPage } from '../pages/plan.tsx';
import { Desk } from './desk.tsx';

export function HomeDesk() {
  return (
    <Desk>
      <HomePage />
    </Desk>
  );
}

export function PlanDesk() {
  return (
    <Desk>
      <PlanPage />
    </Desk>
  );
}

export function AccountsDesk() {
  return (
    <Desk>
      <AccountsPage />
    </Desk>
  );
}
