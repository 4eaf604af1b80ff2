import 'mediaelement';
import 'mediaelement/build/mediaelementplayer.css';

window.start = (options) => {
  window.player = new window.MediaElementPlayer(document.querySelector('video,audio'), options);
};
