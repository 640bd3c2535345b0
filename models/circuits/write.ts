/** Writes the built models, each into a folder of its name: `node models/circuits/write.ts FOLDER`. */
import {writeCircuits} from './circuits.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('node models/circuits/write.ts FOLDER\n');
  process.exit(2);
}
writeCircuits(folder);
