import { config } from 'zod';

// Zod would compile schemas with new Function where it may; the page's security policy forbids that,
// and even the attempt is reported as a violation. Imported before anything that parses.
config({ jitless: true });
