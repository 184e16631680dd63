/** A fresh seed for a random test; put it into the test's title, so that every run prints it. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
