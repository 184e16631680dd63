import type { Kept } from './kept.ts';

// Drafts and letters lie on the device by seat; which seats are whose is noted beside them, so that a sign-out
// takes along exactly what is that person's, on a device that several people use.

type Seat = { readonly sessionId: string; readonly participantId: string };

/** Where the letters of a seat lie. */
export function lettersAt({ sessionId, participantId }: Seat): string {
  return `outbox/${sessionId}/${participantId}/`;
}

/** Where it is noted which letters of a place were thrown away. */
export function discardedAt(place: string): string {
  return `discarded/${place}`;
}

/** Where the draft of a seat lies. */
export function draftAt(sessionId: string, seat: string): string {
  return `draft/${sessionId}/${seat}`;
}

/** Where the own notes of a seat lie while the server has not taken them, those of each page by themselves. */
export function noteTextsAt({ sessionId, participantId }: Seat): string {
  return `notes/${sessionId}/${participantId}/`;
}

/** Where it is noted, in the tab, how many pictures of a seat were on their way when its page was left. */
export function picturesAt(sessionId: string, seat: string): string {
  return `pictures/${sessionId}/${seat}`;
}

export function noteSeat(kept: Kept, personId: string, { sessionId, participantId }: Seat): void {
  kept.set(noteAt(personId) + `${sessionId}/${participantId}`, '');
}

/** As whom this person sat in sessions, from this browser. */
export function participantsOf(kept: Kept, personId: string): readonly string[] {
  return seatsOf(kept, personId).map(({ participantId }) => participantId);
}

/** How many letters and notes of this person were written down here and not taken by the server. */
export function countLetters(kept: Kept, personId: string): number {
  return seatsOf(kept, personId).reduce(
    (sum, seat) => sum + kept.keys(lettersAt(seat)).length + Math.min(1, kept.keys(noteTextsAt(seat)).length),
    0,
  );
}

/** Deletes the drafts and letters that this browser, and this tab, kept for a person; at sign-out. */
export function wipeSeats({ kept, inTab }: { kept: Kept; inTab: Kept }, personId: string): void {
  for (const seat of seatsOf(kept, personId)) {
    const letters = lettersAt(seat);
    const lie = [letters, discardedAt(letters), noteTextsAt(seat)].flatMap((place) => kept.keys(place));
    for (const key of lie) kept.remove(key);
    kept.remove(draftAt(seat.sessionId, seat.participantId));
    inTab.remove(picturesAt(seat.sessionId, seat.participantId));
    kept.remove(noteAt(personId) + `${seat.sessionId}/${seat.participantId}`);
  }
}

function noteAt(personId: string): string {
  return `seat/${personId}/`;
}

function seatsOf(kept: Kept, personId: string): readonly Seat[] {
  const place = noteAt(personId);
  return kept.keys(place).flatMap((key) => {
    const [sessionId, participantId] = key.slice(place.length).split('/');
    return sessionId === undefined || participantId === undefined ? [] : [{ sessionId, participantId }];
  });
}
