import { Details } from './details.js';
import { Tree } from './tree.js';

const details = new Details();
const tree = new Tree((item) => {
  details.show(item);
});
details.onClose = () => {
  tree.choose(undefined);
};
