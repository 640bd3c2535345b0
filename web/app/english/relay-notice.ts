/** What the relay's operator tells everybody. */
export const relayNotice = {
  label: 'Notice of the relay',
  from: 'From the operator of this relay:',
  paused: 'This relay takes no new questions for now. What runs goes on.',
  dismiss: 'Dismiss the notice',
};
