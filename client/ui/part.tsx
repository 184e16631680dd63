import { useEffect, useState, type ComponentType } from 'react';
import { loadTexts, useText, type Namespace } from '../lib/i18n.ts';
import { within } from '../lib/within.ts';
import { Alert } from './alert.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import styles from './states.module.css';
import { Loading } from './states.tsx';

/**
 * Who needs a part of a page. everybody: it comes by itself behind the first picture, so that it is there when the line
 * is not. desk: those who lead a session, keep its record, moderate, or answer for a department. asker: only whoever opens it, as
 * it is heavy or seldom.
 */
export type Users = 'everybody' | 'desk' | 'asker';
/** Those who need a part before they ask for it. */
export type Needing = Exclude<Users, 'asker'>;

interface PartOptions {
  readonly of: Users;
  /** Texts that its words stand in, beside those of the page. */
  readonly texts?: readonly Namespace[];
  /**
   * lines: grey lines while it is on its way, where it stands by itself on the page. patiently: nothing is missing without it,
   * so it does not fetch itself and says nothing of a failure, but comes with the rest: the page keeps fetching.
   */
  readonly waiting?: 'nothing' | 'lines' | 'patiently';
}

interface Registered {
  readonly of: Users;
  readonly isHere: () => boolean;
  readonly fetch: () => Promise<unknown>;
}
const registered: Registered[] = [];
/** Who wants to know that a part came. */
const arrivals = new Set<() => void>();

/** How long parts are waited for before those inside others are asked for: a fetch may hang and never fail, milliseconds. */
const FETCH_MS = 5_000;
/** Between one attempt and the next, milliseconds: twice as long each time, and never longer than the second. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Fetches what these users need and is not here. Never rejects: what fails is tried again, and told, when it is shown. What
 * hangs is waited for some seconds, and comes when it comes.
 */
export async function fetchParts(of: Needing): Promise<void> {
  const tried = new Set<Registered>();
  for (;;) {
    // What came may itself have parts.
    const next = registered.filter((one) => one.of === of && !one.isHere() && !tried.has(one));
    if (next.length === 0) return;
    for (const one of next) tried.add(one);
    await within(Promise.allSettled(next.map(({ fetch }) => fetch())), FETCH_MS);
  }
}

/** Whether nothing of what these users need is still to be fetched. */
export function hasParts(of: Needing): boolean {
  return registered.every((one) => one.of !== of || one.isHere());
}

/**
 * Fetches what these users need until all of it is here: some parts say nothing of a failure and fetch nothing themselves.
 * After one it waits, longer each time; a part that came meanwhile says that the line is good, and it asks at once. Answers
 * how to leave off.
 */
export function keepFetching(users: readonly Needing[]): () => void {
  let pauseMs = FIRST_PAUSE_MS;
  let isFetching = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leaveOff = () => {
    clearTimeout(timer);
    arrivals.delete(fetchRest);
  };
  const attempt = async () => {
    for (const of of users) await fetchParts(of);
    isFetching = false;
    if (users.every(hasParts)) leaveOff();
    if (!arrivals.has(fetchRest)) return;
    timer = setTimeout(fetchRest, pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  };
  const fetchRest = () => {
    if (isFetching) return;
    isFetching = true;
    clearTimeout(timer);
    // -- never rejects.
    void attempt();
  };
  arrivals.add(fetchRest);
  fetchRest();
  return leaveOff;
}

/** A part of a page whose code comes later. When it cannot be fetched, that is said in its place, with a way to try again. */
export function part<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  options: PartOptions,
): ComponentType<Props> {
  const use = fetched(load, options);
  return function Part(props: Props) {
    const { Shown, hasFailed, retry } = use();
    if (Shown !== null) return <Shown {...props} />;
    if (hasFailed) return <NotFetched onRetry={retry} />;
    return options.waiting === 'lines' ? <Loading lines={3} /> : null;
  };
}

/** The same for a window: where it cannot be fetched, a window says so. */
export function windowPart<Props extends { readonly onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
  options: Omit<PartOptions, 'waiting'>,
): ComponentType<Props> {
  const use = fetched(load, options);
  return function WindowPart(props: Props) {
    const t = useText();
    const { Shown, hasFailed, retry } = use();
    if (Shown !== null) return <Shown {...props} />;
    if (!hasFailed) return null;
    return (
      <Dialog
        isOpen
        title={t('shell:part.title')}
        closeLabel={t('shell:part.close')}
        onClose={() => props.onClose()}
      >
        <NotFetched onRetry={retry} />
      </Dialog>
    );
  };
}

function NotFetched({ onRetry }: { readonly onRetry: () => void }) {
  const t = useText();
  return (
    <Alert>
      <p>{t('shell:part.failed')}</p>
      <div className={styles.ways}>
        <Button isSmall onClick={onRetry}>
          {t('shell:state.retry')}
        </Button>
        <Button kind="quiet" isSmall onClick={() => window.location.reload()}>
          {t('shell:state.reload')}
        </Button>
      </div>
    </Alert>
  );
}

/** Notes a part, and makes the hook that its place on the page uses. */
function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { of, texts = [], waiting = 'nothing' }: PartOptions,
) {
  let here: ComponentType<Props> | null = null;
  const hearers = new Set<(component: ComponentType<Props>) => void>();
  const fetch = async () => {
    const [component] = await Promise.all([load(), loadTexts(texts)]);
    const isNew = here === null;
    here = component;
    for (const hear of hearers) hear(component);
    if (isNew) for (const hear of arrivals) hear();
    return component;
  };
  registered.push({ of, isHere: () => here !== null, fetch });
  return function usePart() {
    const [Shown, setShown] = useState(() => here);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      if (Shown !== null || hasFailed) return undefined;
      const hear = (component: ComponentType<Props>) => setShown(() => component);
      if (here !== null) hear(here);
      hearers.add(hear);
      if (waiting !== 'patiently') fetch().catch(() => hearers.has(hear) && setFailed(true));
      return () => {
        hearers.delete(hear);
      };
    }, [Shown, hasFailed]);
    return { Shown, hasFailed, retry: () => setFailed(false) };
  };
}
