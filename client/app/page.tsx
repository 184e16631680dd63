import { lazy, useState, type ComponentType } from 'react';
import { hasTexts, loadTexts, type Namespace } from '../lib/i18n.ts';

/** A page whose code and texts come when it is shown, or before, when somebody expects it to be. */
export type Page<Props extends object> = ComponentType<Props> & {
  /** Fetches the code. Never rejects: what fails here is tried again, and told, when the page is shown. */
  readonly load: () => Promise<void>;
};

export function page<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  texts: readonly Namespace[],
): Page<Props> {
  let here: ComponentType<Props> | null = null;
  const Later = lazy(async () => {
    const [component] = await Promise.all([load(), loadTexts(texts)]);
    return { default: component };
  });
  function Page(props: Props) {
    // Once it is there nothing waits; but what is shown is not changed under its reader.
    const [Shown] = useState<ComponentType<Props>>(() => (here !== null && hasTexts(texts) ? here : Later));
    return <Shown {...props} />;
  }
  return Object.assign(Page, {
    load: async () => {
      try {
        here = await load();
      } catch {
        here = null;
      }
    },
  });
}
