/** What every bus must do; each adapter runs it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Queue} from '#protocol/queue.ts';
import type {Bus} from '../cluster/bus.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const plain = (body: Uint8Array | undefined) => (body === undefined ? undefined : new TextDecoder().decode(body));

/** @param stage gives buses that meet, up already, and ends what it started */
export function busSuite(name: string, stage: () => Promise<{join(): Promise<Bus>; end(): Promise<void>}>, options: {readonly skip?: string | false} = {}): void {
  const run = (title: string, body: (join: () => Promise<Bus>) => Promise<void>) =>
    test(`${name}: ${title}`, options, async () => {
      const {join, end} = await stage();
      const joined: Bus[] = [];
      try {
        await body(async () => {
          const bus = await join();
          joined.push(bus);
          return bus;
        });
      } finally {
        for (const bus of joined) await bus.close();
        await end();
      }
    });

  run('what one publishes all others hear, in order, and it itself does not', async (join) => {
    const [first, second, third] = [await join(), await join(), await join()];
    const heard = [first, second, third].map((bus) => {
      const queue = new Queue<Uint8Array>();
      bus.hear('news', (body) => queue.push(body.slice()));
      return queue;
    });
    // A subscription is under way until an answer has come back over the same connection.
    for (const bus of [first, second, third]) await bus.ask('nobody', utf8(''), 2000).catch(() => {});
    for (let index = 0; index < 50; index += 1) first.publish('news', utf8(String(index)));
    for (const queue of heard.slice(1)) for (let index = 0; index < 50; index += 1) assert.equal(plain(await queue.next()), String(index));
    second.publish('news', utf8('from the second'));
    assert.equal(plain(await heard[0]?.next()), 'from the second', 'nothing of its own came before');
  });

  run('subjects are apart, and a body is any bytes', async (join) => {
    const [first, second] = [await join(), await join()];
    const heard = new Queue<Uint8Array>();
    second.hear('one', (body) => heard.push(body.slice()));
    await second.ask('nobody', utf8(''), 2000).catch(() => {});
    first.publish('other', utf8('x'));
    first.publish('one.deeper', utf8('x'));
    first.publish('one', new Uint8Array());
    first.publish('one', Uint8Array.of(0, 255, 10, 13));
    assert.deepEqual([await heard.next(), await heard.next()].map((body) => [...(body ?? [])]), [[], [0, 255, 10, 13]]);
  });

  run('a question is answered by the one that answers its subject, later too; where that fails, or nobody does, `offline`', async (join) => {
    const [first, second] = [await join(), await join()];
    second.answer('echo', async (body) => {
      await Promise.resolve();
      return utf8(`${plain(body)}!`);
    });
    second.answer('broken', () => {
      throw new Error('on purpose');
    });
    await second.ask('nobody', utf8(''), 2000).catch(() => {});
    const answers = await Promise.all(['a', 'b', 'c'].map(async (text) => plain(await first.ask('echo', utf8(text), 5000))));
    assert.deepEqual(answers, ['a!', 'b!', 'c!']);
    await assert.rejects(first.ask('nobody', utf8(''), 5000), {code: 'offline'});
    await assert.rejects(first.ask('broken', utf8(''), 50), {code: 'offline'});
    assert.equal(plain(await first.ask('echo', utf8('still'), 5000)), 'still!');
  });

  run('one that closed hears and says nothing more, and others go on', async (join) => {
    const [first, second, third] = [await join(), await join(), await join()];
    second.answer('echo', (body) => body);
    third.answer('third', (body) => body);
    for (const bus of [second, third]) await bus.ask('nobody', utf8(''), 2000).catch(() => {});
    assert.ok(second.isUp);
    await second.close();
    assert.equal(second.isUp, false);
    second.publish('news', utf8('x'));
    await assert.rejects(second.ask('third', utf8('x'), 1000), {code: 'offline'});
    await assert.rejects(first.ask('echo', utf8('x'), 5000), {code: 'offline'});
    assert.equal(plain(await first.ask('third', utf8('x'), 5000)), 'x');
  });

  run('one that closes while it works on an answer says nothing, and breaks nothing', async (join) => {
    const [first, second] = [await join(), await join()];
    const asked = Promise.withResolvers<void>();
    const work = Promise.withResolvers<Uint8Array>();
    second.answer('slow', () => {
      asked.resolve();
      return work.promise;
    });
    await second.ask('nobody', utf8(''), 2000).catch(() => {});
    const answer = assert.rejects(first.ask('slow', utf8('x'), 200), {code: 'offline'});
    await asked.promise;
    await second.close();
    work.resolve(utf8('too late'));
    second.publish('news', utf8('x'));
    await answer;
  });
}
