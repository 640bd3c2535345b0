/** What the Markdown of answers becomes, and what hostile text does not become. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseMarkdown, plainText, type Block} from './markdown.ts';
import {parseInline, type Inline} from './markdown-inline.ts';

const text = (value: string): Inline => ({is: 'text', text: value});
const paragraph = (...content: Inline[]): Block => ({is: 'paragraph', content});

test('paragraphs are parted by blank lines and keep their line breaks', () => {
  assert.deepEqual(parseMarkdown('one\ntwo\n\n\nthree\r\nfour'), [paragraph(text('one\ntwo')), paragraph(text('three\nfour'))]);
  assert.deepEqual(parseMarkdown(''), []);
  assert.deepEqual(parseMarkdown(' \n\n'), []);
});

test('bold, italics and both', () => {
  assert.deepEqual(parseInline('a **b** c'), [text('a '), {is: 'strong', content: [text('b')]}, text(' c')]);
  assert.deepEqual(parseInline('*a* _b_'), [{is: 'em', content: [text('a')]}, text(' '), {is: 'em', content: [text('b')]}]);
  assert.deepEqual(parseInline('**a *b* c**'), [{is: 'strong', content: [text('a '), {is: 'em', content: [text('b')]}, text(' c')]}]);
  assert.deepEqual(parseInline('***a***'), [{is: 'strong', content: [{is: 'em', content: [text('a')]}]}]);
});

test('marks without a partner stay text', () => {
  for (const line of ['2 * 3 * 4', 'a ** b', '**open', 'snake_case_name', 'a_b', '`open', '[a](b', '[a] (https://x.y)', '*', '****']) {
    assert.deepEqual(parseInline(line), [text(line)], line);
  }
});

test('a backslash takes the meaning from a mark', () => {
  assert.deepEqual(parseInline('\\*a\\* \\n'), [text('*a* \\n')]);
});

test('inline code keeps its marks', () => {
  assert.deepEqual(parseInline('a `**b**` c'), [text('a '), {is: 'code', text: '**b**'}, text(' c')]);
  assert.deepEqual(parseInline('`` a`b ``'), [{is: 'code', text: 'a`b'}]);
});

test('only http and https become links', () => {
  assert.deepEqual(parseInline('[a](https://example.org/x)'), [{is: 'link', href: 'https://example.org/x', content: [text('a')]}]);
  for (const address of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'blob:https://a/b', '/settings', '//evil.example', 'file:///etc']) {
    const line = `[a](${address})`;
    assert.deepEqual(parseInline(line).filter((part) => part.is === 'link'), [], line);
  }
});

test('an image is a link and never an image', () => {
  assert.deepEqual(parseInline('![cat](https://example.org/cat.png)'), [{is: 'link', href: 'https://example.org/cat.png', content: [text('cat')]}]);
});

test('HTML stays text', () => {
  const line = '<img src=x onerror=alert(1)><script>1</script>';
  assert.deepEqual(parseMarkdown(line), [paragraph(text(line))]);
});

test('fenced code keeps its text, also while it is still open', () => {
  assert.deepEqual(parseMarkdown('```js\nconst a = `b`;\n\n# no heading\n```\nafter'), [
    {is: 'code', language: 'js', text: 'const a = `b`;\n\n# no heading'},
    paragraph(text('after')),
  ]);
  assert.deepEqual(parseMarkdown('~~~\n```\n'), [{is: 'code', language: '', text: '```\n'}]);
  assert.deepEqual(parseMarkdown('````\n```\n````'), [{is: 'code', language: '', text: '```'}]);
});

test('headings have a level', () => {
  assert.deepEqual(parseMarkdown('## Two ##\ntext'), [{is: 'heading', level: 2, content: [text('Two')]}, paragraph(text('text'))]);
  assert.deepEqual(parseMarkdown('#none'), [paragraph(text('#none'))]);
});

test('lists: bullets, numbers, nesting and continued lines', () => {
  assert.deepEqual(parseMarkdown('- a\n- b\n  more'), [{is: 'list', start: undefined, items: [[paragraph(text('a'))], [paragraph(text('b\nmore'))]]}]);
  assert.deepEqual(parseMarkdown('3. a\n4) b'), [{is: 'list', start: 3, items: [[paragraph(text('a'))], [paragraph(text('b'))]]}]);
  assert.deepEqual(parseMarkdown('1. a\n\n2. b\n\nafter'), [
    {is: 'list', start: 1, items: [[paragraph(text('a'))], [paragraph(text('b'))]]},
    paragraph(text('after')),
  ]);
  assert.deepEqual(parseMarkdown('- a\n  - b\n- c'), [{is: 'list', start: undefined, items: [
    [paragraph(text('a')), {is: 'list', start: undefined, items: [[paragraph(text('b'))]]}],
    [paragraph(text('c'))],
  ]}]);
  assert.deepEqual(parseMarkdown('1. a\n   ```\n   x\n   ```'), [
    {is: 'list', start: 1, items: [[paragraph(text('a')), {is: 'code', language: '', text: 'x'}]]},
  ]);
});

test('rules and quotes', () => {
  assert.deepEqual(parseMarkdown('a\n\n---\n> b\n> - c'), [
    paragraph(text('a')),
    {is: 'rule'},
    {is: 'quote', content: [paragraph(text('b')), {is: 'list', start: undefined, items: [[paragraph(text('c'))]]}]},
  ]);
});

test('every cut of a text is a tree: answers arrive in pieces', () => {
  const whole = '# A *b*\n\n1. **c** `d`\n   - [e](https://f.g)\n\n> h\n\n```ts\nlet i;\n```\n***j***';
  for (let end = 0; end <= whole.length; end += 1) assert.ok(Array.isArray(parseMarkdown(whole.slice(0, end))), `cut at ${end}`);
});

test('hostile text takes neither the stack nor the time', () => {
  const hostile = ['[', '*', '**a ', '_a', '`', '` `` ', '> ', '- ', '![', '](', '*a_b`c[', '1. ', '\\', '***a** ', '[a](https://b'];
  const begun = performance.now();
  for (const piece of hostile) parseMarkdown(piece.repeat(100_000 / piece.length));
  for (const piece of hostile) parseMarkdown(`${piece}\n`.repeat(20_000 / piece.length));
  // Far above what it takes (well under a second) and far below what quadratic time would.
  assert.ok(performance.now() - begun < 15_000);
});

test('plain text has the words without the marks', () => {
  assert.equal(plainText('# A\n\n**b** [c](https://d.e)\n\n- f\n- `g`\n\n---\n```\nh\n```'), 'A\nb c\nf\ng\nh');
});

const math = (tex: string): Inline => ({is: 'math', text: tex});

test('mathematics in a line: between dollars, or round brackets behind backslashes', () => {
  assert.deepEqual(parseInline('so $a^2 + b_1$ is'), [text('so '), math('a^2 + b_1'), text(' is')]);
  assert.deepEqual(parseInline('so \\(x*y*z\\) is'), [text('so '), math('x*y*z'), text(' is')]);
  assert.deepEqual(parseInline('$$x$$'), [math('x')]);
});

test('sums of money and lone signs are no mathematics', () => {
  for (const line of ['$5 and $6', 'from $ 5 to 6 $', 'it costs $20', 'US$', '$', '$$', '$$$$', '\\(open', 'a ~ b', '~~open', '~~']) {
    const parts = parseInline(line);
    assert.deepEqual(parts.filter(({is}) => is !== 'text'), [], line);
  }
  assert.deepEqual(parseInline('~~old~~ new'), [{is: 'struck', content: [text('old')]}, text(' new')]);
});

test('mathematics on lines of its own, also while it is open', () => {
  const block = (tex: string): Block => ({is: 'math', text: tex});
  assert.deepEqual(parseMarkdown('$$\n\\frac{a}{b}\n$$\nafter'), [block('\\frac{a}{b}'), paragraph(text('after'))]);
  assert.deepEqual(parseMarkdown('\\[ x \\]'), [block('x')]);
  assert.deepEqual(parseMarkdown('text\n$$x\n+ y$$'), [paragraph(text('text')), block('x\n+ y')]);
  assert.deepEqual(parseMarkdown('$$\nx'), [block('x')]);
  assert.deepEqual(parseMarkdown('$$x$$ is'), [paragraph(math('x'), text(' is'))]);
});

test('tables', () => {
  const cells = (...row: string[]): Inline[][] => row.map((cell) => (cell === '' ? [] : [text(cell)]));
  assert.deepEqual(parseMarkdown('before\n| a | b |\n|:-:|--:|\n| 1 | 2 | 3 |\n| x\\|y |\nafter'), [
    paragraph(text('before')),
    {is: 'table', align: ['center', 'end'], head: cells('a', 'b'), rows: [cells('1', '2'), cells('x|y', '')]},
    paragraph(text('after')),
  ]);
  assert.deepEqual(parseMarkdown('a | b\n--|--\n`c|d` | e'), [
    {is: 'table', align: ['start', 'start'], head: cells('a', 'b'), rows: [[[{is: 'code', text: 'c|d'}], [text('e')]]]},
  ]);
  assert.deepEqual(parseMarkdown('a | b\n--'), [paragraph(text('a | b\n--'))]);
});

test('hostile tables and formulas take no time to speak of', {timeout: 5000}, () => {
  for (const piece of ['|', '$', '$$\n', '\\(', '\\[', '| - ', '~~', '|-|\n']) parseMarkdown(piece.repeat(40_000 / piece.length));
});
