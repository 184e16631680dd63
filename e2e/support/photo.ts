import type { Page } from '@playwright/test';
import { withExif } from '../../server/testing/sample-files.ts';

/** A photo of this browser's own making, with what a phone's camera adds: where it was taken, and by what. */
export async function photoIn(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const pen = canvas.getContext('2d');
    if (pen !== null) {
      pen.fillStyle = '#7a5';
      pen.fillRect(0, 0, 640, 300);
    }
    return canvas.toDataURL('image/jpeg', 0.9);
  });
  const jpeg = Buffer.from(address.split(',')[1] ?? '', 'base64');
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: withExif(jpeg) };
}
