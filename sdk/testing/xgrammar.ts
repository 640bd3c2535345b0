/** WebLLM's own compiler of grammars, the version that it carries inside: whether it takes a grammar, and which texts the grammar takes. */
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {compileFunction, constants} from 'node:vm';
import type * as Xgrammar from '@mlc-ai/web-xgrammar';

const require = createRequire(import.meta.url);

/** Its package says that it is a module, and it is none. */
function loaded(): typeof Xgrammar {
  const path = require.resolve('@mlc-ai/web-xgrammar');
  const exported = {};
  const run = compileFunction(readFileSync(path, 'utf8'), ['exports', 'module', 'require', '__filename', '__dirname'], {importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER});
  run(exported, {exports: exported}, require, path, dirname(path));
  return exported as typeof Xgrammar;
}

const {Grammar, Testings} = loaded();

/** Whether a whole text is of this grammar. Rejects where it is no grammar. */
export async function grammarCheck(grammar: string): Promise<(text: string) => Promise<boolean>> {
  const compiled = await Grammar.fromEBNF(grammar);
  return (text) => Testings.isGrammarAcceptString(compiled, text);
}
