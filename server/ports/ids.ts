/** The only source of randomness. */
export type Ids = {
  /** A random UUID, version 4, lower case. */
  readonly uuid: () => string;
  /** 32 random hex characters. */
  readonly salt: () => string;
  /** 256 random bits, base64url. */
  readonly token: () => string;
};
