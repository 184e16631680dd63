import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { Route, Switch } from 'wouter';
import { SessionId } from '../../core/domain/ids.ts';
import { loadTexts, type Namespace } from '../lib/i18n.ts';
import { Loading } from '../ui/states.tsx';

interface SessionPageProps {
  readonly sessionId: SessionId;
}

// Every page is a chunk of its own, loaded together with its texts.
const SignIn = page(async () => (await import('../pages/sign-in.tsx')).SignInPage, []);
const Join = page(async () => (await import('../pages/join.tsx')).JoinPage, ['join']);
const Home = page(async () => (await import('./desk-pages.tsx')).HomeDesk, ['home']);
const Plan = page(async () => (await import('./desk-pages.tsx')).PlanDesk, ['home']);
const Room = page<SessionPageProps>(async () => (await import('./room-pages.tsx')).RoomDesk, ['room', 'text']);
const Screen = page<SessionPageProps>(async () => (await import('./room-pages.tsx')).ScreenDesk, ['room', 'text']);
const Archive = page<SessionPageProps>(async () => (await import('./archive-pages.tsx')).ArchiveDesk, ['archive', 'room', 'text']);
const NotFound = page(async () => (await import('../pages/not-found.tsx')).NotFoundPage, []);

export function Routes() {
  return (
    <Suspense fallback={<Loading isPage />}>
      <Switch>
        <Route path="/sign-in" component={SignIn} />
        <Route path="/j" component={Join} />
        <Route path="/" component={Home} />
        <Route path="/plan" component={Plan} />
        <Route path="/sessions/:id">{({ id }) => withSession(Room, id)}</Route>
        <Route path="/sessions/:id/screen">{({ id }) => withSession(Screen, id)}</Route>
        <Route path="/sessions/:id/archive">{({ id }) => withSession(Archive, id)}</Route>
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}

/** An address is a door: an id that cannot be one is not asked of the server. */
function withSession(Page: LazyExoticComponent<ComponentType<SessionPageProps>>, id: string | undefined) {
  const sessionId = SessionId.safeParse(id?.toLowerCase());
  return sessionId.success ? <Page key={sessionId.data} sessionId={sessionId.data} /> : <NotFound />;
}

function page<Props = Record<never, never>>(
  load: () => Promise<ComponentType<Props>>,
  texts: readonly Namespace[],
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const [component] = await Promise.all([load(), loadTexts(texts)]);
    return { default: component };
  });
}
