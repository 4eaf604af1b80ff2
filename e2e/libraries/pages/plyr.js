import Plyr from 'plyr';
import 'plyr/dist/plyr.css';

window.start = (options) => {
  window.player = new Plyr(document.querySelector('video,audio'), { loadSprite: false, ...options });
};
