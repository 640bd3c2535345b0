/** What a hostile or learned answer looks like: formulas and tables are set, and nothing in it is loaded, run or turned into markup. */
import {expect, test} from '@playwright/test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../platform/clock.ts';
import {expectAnswered, lastAnswer, setStage} from './stage.ts';
import {twinMirror, twinNode} from './twin-node.ts';

const answer = `# Roots

For $ax^2+bx+c=0$ and \\(a \\neq 0\\):

$$
x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}
$$

It costs $5 and $6. Broken: $\\notacommand{$

| case | roots |
|:--|--:|
| $D>0$ | 2 |

![pixel](https://tracker.example/pixel.png) <img src="https://tracker.example/x.png" onerror="alert(1)"> [run](javascript:alert(1))

$\\href{javascript:alert(1)}{click}$ $\\includegraphics{https://tracker.example/y.png}$`;

test('formulas and tables are set, pictures stay links, and nothing leaves or runs', async ({browser}) => {
  const mirror = twinMirror();
  const stage = await setStage(browser, {MODEL_MIRROR: mirror.folder});
  try {
    await twinNode(stage.relay, fakeEngine({clock: systemClock, answer: () => answer, msPerToken: 1}));
    const asker = await stage.person('/chat');
    await expect(asker.page.getByRole('combobox', {name: 'Model'})).toContainText('A twin');
    await asker.page.getByRole('textbox', {name: 'Message'}).fill('Roots?');
    await asker.page.getByRole('button', {name: 'Send'}).click();
    await expectAnswered(asker);
    const shown = lastAnswer(asker);
    await expect(shown.locator('math mfrac')).toHaveCount(1);
    await expect(shown.locator('math-view[display] math[display="block"]')).toHaveCount(1);
    await expect(shown.getByText('It costs $5 and $6.')).toBeVisible();
    await expect(shown.locator('table th')).toHaveText(['case', 'roots']);
    await expect(shown.locator('td.end')).toHaveText('2');
    await expect(shown.getByRole('link', {name: 'pixel'})).toHaveAttribute('href', 'https://tracker.example/pixel.png');
    await expect(shown.locator('img, script, math a, [href^="javascript"]')).toHaveCount(0);
    // At its end the stage asserts that no other host was asked, and that no policy was broken.
    await stage.end();
  } finally {
    mirror.remove();
  }
});
