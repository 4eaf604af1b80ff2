import Swiper from 'swiper';
import { EffectFade } from 'swiper/modules';
import 'swiper/css';
import 'swiper/css/effect-fade';

window.start = ({ fade, crossFade = false, loop = false, shown = 1, first = 0 }) => {
  const swiper = new Swiper('.swiper', {
    modules: [EffectFade],
    effect: fade ? 'fade' : 'slide',
    fadeEffect: { crossFade },
    loop,
    slidesPerView: shown,
    initialSlide: first,
  });
  window.next = () => swiper.slideNext();
  window.previous = () => swiper.slidePrev();
};
