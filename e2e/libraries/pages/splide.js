import Splide from '@splidejs/splide';
import '@splidejs/splide/css/core';

window.start = ({ fade, loop, shown = 1, first = 0 }) => {
  const splide = new Splide('.splide', {
    type: fade ? 'fade' : loop ? 'loop' : 'slide',
    perPage: shown,
    perMove: 1,
    // A drag of a busy browser may look like a flick, which moves by another slide.
    flickPower: 1,
    start: first,
  }).mount();
  window.next = () => splide.go('>');
  window.previous = () => splide.go('<');
};
