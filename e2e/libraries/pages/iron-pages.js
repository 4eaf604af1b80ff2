import '@polymer/iron-pages/iron-pages.js';

window.start = () => {
  window.show = (id, path) => {
    history.pushState(null, '', path);
    document.querySelector('iron-pages').selected = id;
  };
};
