/** The page of browser.html: asks with nothing but the library's fetch, and shows the answer as it comes. */
import {openBombyx} from 'bombyx/sdk';

const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
const answered = document.querySelector('blockquote');
const {stop} = form.elements;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const {relay, question} = Object.fromEntries(new FormData(form));
  const leaving = new AbortController();
  stop.addEventListener('click', () => leaving.abort(), {signal: leaving.signal});
  stop.disabled = false;
  answered.textContent = '';
  status.textContent = 'Asking …';
  const bombyx = openBombyx({relay});
  try {
    const [model] = (await bombyx.models()).filter(({bombyx: {nodes, tasks}}) => nodes > 0 && tasks.includes('chat'));
    if (!model) throw new Error('No computer offers a model for chat right now.');
    const answer = await bombyx.fetch(`${bombyx.baseURL}/chat/completions`, {method: 'POST', body: JSON.stringify({model: model.id, messages: [{role: 'user', content: question}], stream: true}), signal: leaving.signal});
    if (!answer.ok) throw new Error((await answer.json()).error.message);
    for await (const text of texts(answer.body)) answered.textContent += text;
    status.textContent = `Answered by computer ${answer.headers.get('x-bombyx-node')?.slice(0, 8)}.`;
  } catch (error) {
    status.textContent = leaving.signal.aborted ? 'Stopped.' : error.message;
  } finally {
    stop.disabled = true;
    bombyx.close();
  }
});

/** The texts in a stream of server-sent events. */
async function* texts(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
      const {error, choices} = JSON.parse(line.slice(6));
      if (error) throw new Error(error.message);
      yield choices[0]?.delta.content ?? '';
    }
  }
}
