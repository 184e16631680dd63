// Looks at one page as Lighthouse does on a phone, in a browser that is already running and signed in.
// Arguments: address, port of the browser's debugger. Prints { performance, accessibility, … } as JSON.
import lighthouse from 'lighthouse';

const [address, port] = process.argv.slice(2);
const result = await lighthouse(address, {
  port: Number(port),
  output: 'json',
  logLevel: 'error',
  onlyCategories: ['performance', 'accessibility'],
  disableStorageReset: true,
});
if (result === undefined || result.lhr.runtimeError !== undefined) {
  console.error(result?.lhr.runtimeError ?? 'no result');
  process.exit(1);
}
const { categories, audits, finalDisplayedUrl } = result.lhr;
const drawnAt = audits.metrics.details.items[0].observedLargestContentfulPaint;
const bytes = (type, isWanted = () => true) =>
  (audits['network-requests'].details?.items ?? [])
    .filter((item) => item.resourceType === type && isWanted(item))
    .reduce((sum, item) => sum + item.transferSize, 0);
console.log(
  JSON.stringify({
    address: finalDisplayedUrl,
    performance: Math.round(categories.performance.score * 100),
    accessibility: Math.round(categories.accessibility.score * 100),
    contentMs: audits['largest-contentful-paint'].numericValue,
    // What the content waits for, and what is fetched once it is there.
    scriptBytes: bytes('Script', ({ networkRequestTime }) => networkRequestTime < drawnAt),
    aheadBytes: bytes('Script', ({ networkRequestTime }) => networkRequestTime >= drawnAt),
    styleBytes: bytes('Stylesheet'),
  }),
);
