import { LIMITS } from '../../core/domain/limits.ts';

const QUALITY = 0.82;

/**
 * A picture made small before it goes out, so that an old phone on a slow line can send it. What this browser cannot read
 * or turn upright by itself goes as it is: the server makes every picture anew.
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  // Without it a photo that was taken upright would be drawn on its side.
  if (typeof CSS === 'undefined' || !CSS.supports('image-orientation', 'from-image')) return file;
  let address: string | null = null;
  try {
    // Browsers inside other apps may refuse it.
    address = URL.createObjectURL(file);
    const image = await load(address);
    const scale = Math.min(1, LIMITS.pictureSide / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const pen = canvas.getContext('2d');
    if (pen === null) return file;
    // What can be seen through is white behind, as paper is.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => {
      canvas.toBlob((small) => resolve(small ?? file), 'image/jpeg', QUALITY);
    });
  } catch {
    // No picture that this browser knows: the server says what is wrong with it.
    return file;
  } finally {
    if (address !== null) URL.revokeObjectURL(address);
  }
}

function load(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(image));
    image.addEventListener('error', () => reject(new Error('no picture')));
    image.src = address;
  });
}
