/** The words of the page of tasks. They are apart from the others because they load with it, not with the first screen; a language has both. */
import {tasks} from './english/tasks.ts';
import {translated} from './language.ts';

export const taskTexts = translated('tasks', tasks);
