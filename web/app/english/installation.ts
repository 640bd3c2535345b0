/** English: the app as an installed thing. */

export const installation = {
  build: 'Build',
  builds: {
    served: 'This page is of the build that its relay serves now.',
    other: 'Its relay serves this build now; the page that runs here is of another one. An update or a new start of the page brings them together.',
    unknown: 'The relay does not tell which build it serves, or can’t be reached.',
  },
  buildNote: 'A page can’t vouch for itself: whoever serves it could make it show anything. To be sure, get the source code and run “npm run verify-build” with the address of this page: it builds the app anew and compares every file.',
  looking: 'Looking…',
  installHeading: 'Install the app',
  installed: 'This is the installed app.',
  iosNote: 'The installed app has storage of its own: it starts without the conversations of this browser. Export what you want to keep first.',
  steps: {
    'ios': ['Tap the Share button of the browser: a square with an arrow that points up.', 'Choose “Add to Home Screen”.', 'Tap “Add”.'],
    'firefox-android': ['Open the menu of Firefox: three dots.', 'Choose “Add app to Home screen”, or “Install”.', 'Confirm.'],
    'safari-mac': ['Open the menu File, or press the Share button: a square with an arrow that points up.', 'Choose “Add to Dock”.', 'Press “Add”.'],
    'chromium': ['The browser makes its offer in the address bar or in its menu, “Install” or “Add to Home screen”, once you have used the app a little. If it makes none, the app may be installed already.'],
    'other': ['This browser offers no way to install an app from here.', 'A bookmark works too; so do Chrome and Edge, which can install it.'],
  },
  keepingTerm: 'If the device is short of room',
  keeping: {
    'kept': 'Kept. The browser clears this data only when you ask for it.',
    'may-be-cleared': 'May be cleared by the browser.',
    'unknown': 'This browser does not tell.',
  },
  keep: 'Keep this data',
  notKept: 'The browser did not agree. It often does once the app is installed or bookmarked.',
};
