import Flickity from 'flickity';
import 'flickity-fade';
import 'flickity/css/flickity.css';
import 'flickity-fade/flickity-fade.css';

window.start = ({ fade = false, loop = false, shown = 1, first = 0 }) => {
  for (const slide of document.querySelectorAll('.carousel > *')) slide.style.width = `${100 / shown}%`;
  const flickity = new Flickity('.carousel', {
    fade,
    wrapAround: loop,
    initialIndex: first,
    cellAlign: 'left',
    prevNextButtons: false,
    pageDots: false,
  });
  window.next = () => flickity.next();
  window.previous = () => flickity.previous();
};
