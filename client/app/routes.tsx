import { Suspense, useEffect, useRef, type ComponentType } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { LocalId, SessionId } from '../../core/domain/ids.ts';
import { loadTexts, type Namespace } from '../lib/i18n.ts';
import { arriveAtDoor } from '../features/joining/door.ts';
import { JoinPage } from '../pages/join.tsx';
import { Loading } from '../ui/states.tsx';
import { followToPage } from './arrival.ts';
import { nextTask, whenIdle } from '../lib/idle.ts';
import { page } from './page.tsx';

interface SessionPageProps {
  readonly sessionId: SessionId;
}

// Every page is a chunk of its own, loaded together with its texts; but for the join page, whose every round trip
// is a resident's wait: it is in the first chunk, and its link is asked about before anything is drawn.
const ROOM_TEXTS: readonly Namespace[] = ['room', 'text'];
const SignIn = page(async () => (await import('../pages/sign-in.tsx')).SignInPage, []);
const Home = page(async () => (await import('./desk-pages.tsx')).HomeDesk, ['home', 'accounts']);
const Plan = page(async () => (await import('./desk-pages.tsx')).PlanDesk, ['home', 'accounts']);
const Accounts = page(async () => (await import('./desk-pages.tsx')).AccountsDesk, ['accounts']);
const Room = page<SessionPageProps>(loadRoom, ROOM_TEXTS);
const Screen = page<SessionPageProps>(
  async () => (await import('./screen-pages.tsx')).ScreenDesk,
  ['room', 'text'],
);
const CheckIn = page(async () => (await import('../pages/check-in.tsx')).CheckInPage, ['room']);
const CheckInScreen = page<SessionPageProps & { readonly venueId: LocalId }>(
  async () => (await import('./screen-pages.tsx')).CheckInDesk,
  ['room', 'text'],
);
const Archive = page<SessionPageProps>(
  async () => (await import('./archive-pages.tsx')).ArchiveDesk,
  ['archive', 'accounts', 'room', 'text', 'public'],
);
const ArchiveSearch = page(
  async () => (await import('./search-pages.tsx')).ArchiveSearchDesk,
  ['archive', 'accounts'],
);
const Replay = page<SessionPageProps>(
  async () => (await import('./archive-pages.tsx')).ReplayDesk,
  ['archive', 'accounts', 'room', 'text'],
);
const Recount = page(async () => (await import('../pages/recount.tsx')).RecountPage, ['recount', 'room']);
const Verify = page(async () => (await import('../pages/verify.tsx')).VerifyPage, ['verify']);
const Public = page<{ readonly slug: string }>(
  async () => (await import('../pages/public.tsx')).PublicPageOf,
  ['public'],
);
const NotFound = page(async () => (await import('../pages/not-found.tsx')).NotFoundPage, []);

export function Routes() {
  const [path] = useLocation();
  const shown = useRef(path);
  useEffect(() => {
    // The first page is the browser's own to begin.
    if (shown.current === path) return undefined;
    shown.current = path;
    return followToPage(document);
  }, [path]);
  return (
    <Suspense fallback={<Loading isPage />}>
      <Switch>
        <Route path="/sign-in" component={SignIn} />
        <Route path="/j" component={Join} />
        <Route path="/check-in" component={CheckIn} />
        <Route path="/" component={Home} />
        <Route path="/plan" component={Plan} />
        <Route path="/accounts" component={Accounts} />
        <Route path="/archives" component={ArchiveSearch} />
        <Route path="/recount" component={Recount} />
        <Route path="/verify" component={Verify} />
        <Route path="/p/:slug">{({ slug }) => <Public key={slug} slug={slug ?? ''} />}</Route>
        <Route path="/sessions/:id">{({ id }) => withSession(Room, id)}</Route>
        <Route path="/sessions/:id/screen">{({ id }) => withSession(Screen, id)}</Route>
        <Route path="/sessions/:id/check-in/:venueId">{({ id, venueId }) => withVenue(id, venueId)}</Route>
        <Route path="/sessions/:id/archive">{({ id }) => withSession(Archive, id)}</Route>
        <Route path="/sessions/:id/replay">{({ id }) => withSession(Replay, id)}</Route>
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}

/** What its pages share is set up in one task and the room in the next: a slow phone hears its person in between. */
async function loadRoom(): Promise<ComponentType<SessionPageProps>> {
  await import('../../core/contract/snapshot.ts');
  await nextTask();
  return (await import('../pages/room.tsx')).RoomPage;
}

let isEarly = false;

/** Begins what the first page needs while its texts are on their way; tells which texts those are. */
export function prepareFirstPage(): { readonly texts: readonly Namespace[]; readonly code: Promise<void> } {
  const { pathname } = window.location;
  if (pathname === '/j') {
    isEarly = true;
    arriveAtDoor();
    return { texts: ['join'], code: Promise.resolve() };
  }
  const isRoom = /^\/sessions\/[^/]+\/?$/.test(pathname);
  return isRoom ? { texts: ROOM_TEXTS, code: Room.load() } : { texts: [], code: Promise.resolve() };
}

function Join() {
  useEffect(() => {
    // Coming here again, from another page of ours.
    if (!isEarly) arriveAtDoor();
    isEarly = false;
  }, []);
  return <JoinPage onInvited={expectRoom} />;
}

/** While the person reads and types, once the page is drawn. What fails here is fetched again when it is needed. */
function expectRoom(): void {
  const fetchRoom = () => Promise.all([Room.load(), loadTexts(ROOM_TEXTS)]);
  whenIdle()
    .then(fetchRoom)
    .catch(() => undefined);
}

/** An address is a door: an id that cannot be one is not asked of the server. */
function withSession(Page: ComponentType<SessionPageProps>, id: string | undefined) {
  const sessionId = SessionId.safeParse(id?.toLowerCase());
  return sessionId.success ? <Page key={sessionId.data} sessionId={sessionId.data} /> : <NotFound />;
}

function withVenue(id: string | undefined, venue: string | undefined) {
  const venueId = LocalId.safeParse(venue);
  const sessionId = SessionId.safeParse(id?.toLowerCase());
  if (!venueId.success || !sessionId.success) return <NotFound />;
  return <CheckInScreen sessionId={sessionId.data} venueId={venueId.data} />;
}
