/** English: who can see what, and the limits of that. */

/** One party and what it sees. */
export interface Row {
  readonly who: string;
  readonly text: string;
  readonly address: string;
  readonly fact: string;
}

const rows: readonly Row[] = [
  {who: 'You, in this browser', text: 'Yes. The history is kept here', address: 'Yes', fact: 'Yes'},
  {who: 'The computer that answers', text: 'Yes. It must, to run the model', address: 'No, the relay or its operator’s TURN server is in between. A paired device on a direct link: yes', fact: 'Yes'},
  {who: 'Who runs the relay', text: 'No. It is sealed to the key of the answering computer', address: 'Yes', fact: 'Yes: time, rounded size, model, which computer'},
  {who: 'Who runs another relay that you chose under Settings', text: 'No, for the same reason', address: 'Yes, whenever the app looks who is there', fact: 'Yes, of what you ask or share there'},
  {who: 'The TURN server of who runs the relay, where there is one', text: 'No. It passes on what is sealed', address: 'Yes, and the one of the computer that answers', fact: 'That two browsers exchange data, and how much'},
  {who: 'Your network provider', text: 'No', address: 'Yes', fact: 'Only that you use the relay or its TURN server'},
  {who: 'Who serves this app', text: 'No, unless they serve you altered code', address: 'Yes', fact: 'Only that you load the page'},
  {who: 'Other people who ask or share', text: 'No', address: 'No', fact: 'No'},
];

export const privacy = {
  heading: 'Who can see what',
  intro: 'When you ask the network, your text is encrypted to one computer. The computer that answers can read it. Here is what each party sees.',
  table: 'Who can see what',
  columns: {who: 'Who', text: 'Your question and the answer', address: 'Your IP address', fact: 'That you asked'},
  rows,
  levelsHeading: 'Two ways to ask',
  levels: [
    {title: 'Network', text: 'Encrypted to one computer that your browser chose. That computer’s owner can read it, but isn’t told who you are. The whole conversation so far is sent with each question.'},
    {title: 'My devices', text: 'Only you and whoever uses the device that you paired. The two devices may connect directly and then see each other’s IP address.'},
  ],
  doesHeading: 'What Bombyx does',
  does: [
    'Seals each question to the key of one computer, with a fresh key for each job. The relay carries it and can’t open it.',
    'Keeps your IP address from the computers of the network, because the relay is in between, or its operator’s TURN server: a longer answer may move there. Its details say which way it came.',
    'Checks the signed receipt of each answer in your browser, and shows you the result under Details.',
    'Keeps your history in this browser only. There is no account.',
    'Loads no code from third parties, and never an image or a script that an answer names.',
  ],
  doesNotHeading: 'What Bombyx does not do',
  doesNot: [
    'It does not hide your text from the computer that answers. Our app neither shows nor keeps it there, but its owner could run a changed app that does. Don’t paste secrets.',
    'A receipt shows which computer signed for which question, answer and model. It does not prove that the answer is right, or that this model really computed it.',
    'It does not hide from the relay that you ask, when, and about how much.',
    'It does not protect you from altered code by whoever serves this app, or from other people who use this browser.',
    'It can’t take back what you sent.',
  ],
  moneyHeading: 'When coins are involved',
  money: [
    'The chain is public: anyone can see the deposit of your wallet to the relay and what is paid out to whom shares, never a question or how many there were.',
    'The relay sees which channel pays for which answer, and so can tie your answers to your wallet. Free answers can be tied to this browser.',
    'The computer that answers is paid by the relay and learns nothing of your wallet.',
    'Wallets run in a frame of their own, loaded when you press the button; they never see a question.',
    'Erasing this browser’s data loses the key of your deposit. The wallet that made it can still take it out.',
  ],
  sharingHeading: 'When you share your GPU',
  sharing: [
    'Questions reach this tab in readable form while it answers; the app neither shows nor keeps them.',
    'The relay sees your IP address, and its operator’s TURN server does where there is one. Those who ask see the key of your computer, not your IP address, unless you paired their device and it connects directly.',
    'Jobs are only text for the model. Nobody can run a program of their own on your computer through Bombyx.',
  ],
};
