/** Where the words of a list are looked for; a refusal says in which [X10]. */
export const LISTED_FIELDS = [
  'words',
  'picture',
  'place',
  'note',
  'unit',
  'reservation',
  'title',
  'background',
  'item',
  'venue',
  'group',
  'question',
  'option',
  'task',
  'acceptance',
  'name',
] as const;
export type ListedField = (typeof LISTED_FIELDS)[number];
