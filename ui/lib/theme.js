// @ts-check
// Light or dark: ?theme= in the address, else what the machine prefers. A wall display
// that must stay dark writes data-theme into its page and does not call this.

/** Applies the theme now and follows the machine's preference from then on. */
export function followTheme() {
  const asked = new URLSearchParams(location.search).get('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = asked === 'dark' || asked === 'light' ? asked : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
  };
  dark.addEventListener?.('change', apply);
  apply();
}
