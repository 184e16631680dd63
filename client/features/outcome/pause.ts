/** Whoever types is not answered at every letter. */
const PAUSE_MS = 300;

/** Does something a moment after it was asked for, once for all who ask meanwhile. */
export function createPause(act: () => void): { readonly begin: () => void; readonly end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    begin: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, PAUSE_MS);
    },
    end: () => clearTimeout(timer),
  };
}
