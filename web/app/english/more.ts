/** English: the page that lists the other places of the app. */
export const more = {
  page: 'More',
  heading: 'More',
  tasks: 'Pictures, speech, films, and texts to be searched or sorted',
  settings: 'Looks, language, devices, relays, storage, about this app',
  network: 'How many computers offer what, at which price',
  privacy: 'For each way to ask: who reads what, and what is not protected',
};
