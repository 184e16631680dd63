/** A picture to be made anew: sides in pixels, quality as JPEG counts it. */
export type PictureRequest = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: 'jpeg' | 'png';
  readonly longest: number;
  readonly thumbLongest: number;
  readonly quality: number;
};

/** unreadable: no picture comes of these bytes, now or later. */
export type PictureReply =
  | {
      readonly kind: 'made';
      readonly data: Uint8Array;
      readonly thumb: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'unreadable' };
