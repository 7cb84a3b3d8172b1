import { useContextManager } from '../../helpers/async-context.js';
import { looksTheSame } from '../../transparency/looks-the-same.js';

useContextManager();

looksTheSame(true);
