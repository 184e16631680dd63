import type { Page, WebSocketRoute } from '@playwright/test';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';

/** The line between one browser and the shared text, in a test's hands. */
export type TextLine = {
  readonly cut: () => Promise<void>;
  readonly mend: () => void;
  /** Whoever comes back is sent away like this, until it is mended. */
  readonly refuse: (code: number) => void;
  /** Tells the page that it only reads, as the server would. */
  readonly readsBecause: (reason: string) => void;
};

/** Takes the line into the hand; before the page is opened. */
export async function holdTextLine(page: Page): Promise<TextLine> {
  let isCut = false;
  let code: number | null = null;
  let wire: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/collab\//, (socket) => {
    if (isCut) return void socket.close(code === null ? undefined : { code });
    wire = socket;
    socket.connectToServer();
  });
  return {
    cut: async () => {
      isCut = true;
      await wire?.close();
    },
    mend: () => {
      isCut = false;
      code = null;
    },
    refuse: (as) => {
      code = as;
    },
    readsBecause: (reason) => {
      const words = Buffer.from(reason);
      wire?.send(Buffer.from([COLLAB_MESSAGE.standing, words.length, ...words]));
    },
  };
}
