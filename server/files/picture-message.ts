/** A picture to be made anew: sides in pixels, quality as JPEG counts it. */
export type PictureRequest = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: 'jpeg' | 'png';
  readonly longest: number;
  readonly thumbLongest: number;
  readonly quality: number;
};

/** The same before it is handed over: whoever asks keeps what they sent. */
export type PictureAsked = Omit<PictureRequest, 'bytes'> & { readonly bytes: Uint8Array };

/** unreadable: no picture comes of these bytes, now or later. unready: the thread itself cannot work, whatever the picture. */
export type PictureReply =
  | {
      readonly kind: 'made';
      readonly data: Uint8Array;
      readonly thumb: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unready'; readonly why: string };
