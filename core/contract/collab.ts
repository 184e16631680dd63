/** Message types of /collab: 0, 1 and 3 are those of y-websocket; 102 and 103 are ours (docs/adr). */
export const COLLAB_MESSAGE = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Barrier: [102, varUint8Array(bytes)] is echoed after everything received before it is committed. */
  barrier: 102,
  /** Refusal: [103, varString(reason)]: edits sent before it were not saved, for this reason. */
  refused: 103,
} as const;

/** Names and role that others see beside a cursor; stamped by the server, never taken from the client. */
export type CursorOwner = {
  readonly participantId: string;
  readonly name: string;
  readonly role: string;
  readonly color: string;
};

/** Query parameter of /collab/:documentId that tells the version of the text's schema. */
export const SCHEMA_PARAM = 'schema';
