import { createHash } from 'node:crypto';
import type { DocumentForm, DocumentKind, Matter } from '../../core/domain/documents/tree.ts';
import { fileName } from '../../core/domain/file-words.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { BundlePacker } from '../ports/bundle-packer.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { rowsSeen } from './bundles.ts';
import type { OpenFile } from './open-file.ts';
import { audienceFor, enterFor, type StandingDeps } from './standing.ts';

export type DocumentsDeps = StandingDeps & {
  readonly archives: ArchiveStore;
  readonly sessions: Pick<SessionStore, 'orgNameOf'>;
  readonly packer: BundlePacker;
};

export type DocumentsService = ReturnType<typeof createDocuments>;

type Wanted = {
  readonly sessionId: SessionId;
  readonly kind: DocumentKind;
  readonly form: DocumentForm;
  readonly number?: number | undefined;
  readonly about?: Matter | undefined;
  /** The address that people type. */
  readonly origin: string;
};

const KINDS = { docx: 'docx', md: 'markdown', json: 'json' } as const;

/** Official documents of sealed records. */
export function createDocuments(deps: DocumentsDeps) {
  return {
    /**
     * Throws ARCHIVE_UNKNOWN, ARCHIVE_BROKEN, DOCUMENT_MATTER_UNKNOWN, DOCUMENT_TOO_LONG, BUSY. What it says is asked of who
     * asks, each time [DO1].
     */
    open: async (
      who: SignedIn,
      { sessionId, kind, form, number, about, origin }: Wanted,
    ): Promise<OpenFile> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const audience = audienceFor(room, standing);
      const sealed = await deps.archives.sealOf(sessionId);
      if (sealed === null) throw new AppError('ARCHIVE_UNKNOWN');
      const { headHash, seq, sealedAt, outcome } = sealed;
      const { name, bytes } = await deps.packer.write({
        sealed: { sessionId, sealedAt, outcome },
        headHash,
        rows: () => rowsSeen(deps.archives, { sessionId, seq, audience, room }),
        ask: {
          kind,
          form,
          number: number ?? null,
          about: about ?? null,
          office: await deps.sessions.orgNameOf(sessionId),
          address: `${origin}/sessions/${sessionId}/archive`,
        },
      });
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return {
        kind: KINDS[form],
        // Also where the title is a path, or of signs that nobody sees.
        title: fileName(name, form),
        plain: 'document',
        isPage: false,
        sizeBytes: content.length,
        tag: createHash('sha256').update(content).digest('hex').slice(0, 32),
        pieces: async function* () {
          yield await Promise.resolve(content);
        },
      };
    },
  };
}
