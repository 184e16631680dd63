import * as Y from 'yjs';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { openText, type SaveState } from '../../client/lib/collab.ts';
import { DEMO_PASSWORD } from '../../prisma/seed/demo.ts';
import { openBrowser } from '../../rehearsal/doors.ts';
import { cookieSocket } from '../../rehearsal/pen.ts';
import { typeInto, wordsOf } from '../../server/testing/yjs-words.ts';

/** Somebody at the shared text with the real client's connection, and no editor. */
export type Writer = {
  readonly type: (words: string) => void;
  readonly words: () => string;
  readonly state: () => SaveState['kind'];
  readonly close: () => void;
};

/** Signs in with an account of the demo and opens the text. */
export async function openAsWriter(url: string, login: string, documentId: string): Promise<Writer> {
  const browser = openBrowser(url, () => undefined);
  await browser.call(accountRoutes.signIn, { body: { login, password: DEMO_PASSWORD } });
  const doc = new Y.Doc();
  const text = openText({
    documentId,
    personId: login,
    doc,
    url: `${url.replace(/^http/, 'ws')}/collab`,
    WebSocketPolyfill: cookieSocket(browser) as unknown as typeof WebSocket, // reason: ws is what a browser has
  });
  return {
    type: (words) => typeInto(doc, words),
    words: () => wordsOf(doc),
    state: () => text.saveState().kind,
    close: () => {
      text.close();
      doc.destroy();
    },
  };
}
