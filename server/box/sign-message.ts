/** The blind signatures in the order of their requests; null: it could not be signed. */
export type SignReply = readonly (Uint8Array | null)[];
