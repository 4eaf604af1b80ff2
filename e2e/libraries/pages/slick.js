import $ from 'jquery';
import addSlick from 'slick-carousel';
import 'slick-carousel/slick/slick.css';

addSlick(window, $);

window.start = ({ fade = false, loop = false, shown = 1, first = 0 }) => {
  const slick = $('.carousel').slick({ fade, infinite: loop, slidesToShow: shown, initialSlide: first });
  window.next = () => slick.slick('slickNext');
  window.previous = () => slick.slick('slickPrev');
};
