/** The app's colours (web/app/tokens.ts) as TON Connect wants them: by theme, in hex. */
const dialog = (ink: string, soft: string, line: string) => ({text: {primary: ink, secondary: soft}, icon: {primary: ink, secondary: soft, tertiary: line}});

export const colorsSet = {
  LIGHT: {...dialog('#271e27', '#5e545e', '#e0dcd4'), accent: '#7e2d70', connectButton: {background: '#7e2d70', foreground: '#fdfcf9'}, background: {primary: '#ffffff', secondary: '#f3f1eb', segment: '#ffffff', tint: '#f3f1eb', qr: '#f3f1eb'}},
  DARK: {...dialog('#eeebe5', '#b5afb5', '#3c353d'), accent: '#e8aad9', connectButton: {background: '#e8aad9', foreground: '#210f1d'}, background: {primary: '#201b20', secondary: '#292329', segment: '#292329', tint: '#292329', qr: '#ffffff'}},
} as const;
