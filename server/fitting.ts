/** As many of some values, from the first, as have room in so many bytes of JSON. */
export function fitting<T>(values: readonly T[], most: number): T[] {
  let bytes = 0;
  const end = values.findIndex((value) => {
    bytes += Buffer.byteLength(JSON.stringify(value)) + 1;
    return bytes > most;
  });
  return end < 0 ? [...values] : values.slice(0, end);
}
