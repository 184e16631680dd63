import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../canonical.ts';
import { docxOf } from './docx/docx.ts';
import { documentMarkdown } from './markdown.ts';
import type { DocumentForm, OfficialDocument } from './tree.ts';

/** A document in one of its forms; equal documents give equal bytes [DO7]. */
export function writtenAs(form: DocumentForm, document: OfficialDocument): Uint8Array<ArrayBuffer> {
  switch (form) {
    case 'docx':
      return docxOf(document);
    case 'md':
      return new Uint8Array(utf8ToBytes(documentMarkdown(document)));
    case 'json':
      return new Uint8Array(utf8ToBytes(canonical(document)));
  }
}
