import { defineConfig } from '@playwright/test';

// The last list counts, so what Playwright switches off itself is named again.
const OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // The address bar's own pages: no journey sees them, and they cost each window two renderers and a second of CPU.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

const flags = [
  `--disable-features=${OFF.join(',')}`,
  '--no-sandbox',
  // There is none: without these a process of its own imitates one, for a tenth of the time.
  '--disable-gpu',
  '--disable-gpu-compositing',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const LONGEST = 'journeys/scenarios.spec.ts';

/** Each spec starts its own stack of real processes (e2e/support), so there is no webServer here. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: 'test-results',
  // One of the faults by itself: npx playwright test --project=faults --no-deps WORD.
  // A journey waits most of the time, so three go side by side, the longest first; what kills and cuts goes one by one.
  workers: 3,
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'journeys', testMatch: 'journeys/**/*.spec.ts', testIgnore: LONGEST },
    { name: 'faults', testMatch: 'faults/**/*.spec.ts', dependencies: ['longest', 'journeys'], workers: 1 },
  ],
  retries: 0,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    headless: true,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Thrown away when a journey passes, it costs a fifth of its time: ask for it with --trace=retain-on-failure.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: flags,
    },
  },
});
