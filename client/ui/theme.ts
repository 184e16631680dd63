import { createTheme, type MantineColorsTuple } from '@mantine/core';

// Mantine is themed by the tokens: its colours are names of ui/tokens.css, so light, dark and 长辈版
// change it without a word of JavaScript. Its variables come as a file (ui/mantine.css), not as a
// style tag, because the page's security policy allows no style tags.

const toned = (name: string): MantineColorsTuple => {
  const soft = `var(--${name}-soft)`;
  const full = `var(--${name})`;
  const hover = `var(--${name}-hover)`;
  return [soft, soft, soft, full, full, full, full, hover, hover, hover];
};

export const theme = createTheme({
  colors: { seal: toned('seal'), steel: toned('steel') },
  primaryColor: 'steel',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-sans)', fontWeight: '600' },
  defaultRadius: 'sm',
  radius: { xs: 'var(--radius-1)', sm: 'var(--radius-2)', md: 'var(--radius-2)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'md' } },
    // The library locks scrolling by a style element without our nonce, which the policy refuses; base.css does it.
    Modal: { defaultProps: { centered: true, lockScroll: false } },
  },
});
