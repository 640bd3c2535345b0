/** English: the list of conversations. */

export const list = {
  search: 'Search conversations',
  groups: {pinned: 'Pinned', today: 'Today', yesterday: 'Yesterday', week: 'Last 7 days', older: 'Older'},
  aboutModels: 'About the models',
  options: (title: string): string => `Options for “${title}”`,
};
