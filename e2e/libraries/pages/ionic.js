import { initialize } from '@ionic/core/components';
import { defineCustomElement as defineItem } from '@ionic/core/components/ion-item.js';
import { defineCustomElement as defineOption } from '@ionic/core/components/ion-item-option.js';
import { defineCustomElement as defineOptions } from '@ionic/core/components/ion-item-options.js';
import { defineCustomElement as defineSliding } from '@ionic/core/components/ion-item-sliding.js';
import { defineCustomElement as defineModal } from '@ionic/core/components/ion-modal.js';
import { defineCustomElement as defineNav } from '@ionic/core/components/ion-nav.js';
import '@ionic/core/css/core.css';

initialize();
for (const define of [defineItem, defineOption, defineOptions, defineSliding, defineModal, defineNav])
  define();

/** Shows pages in an `ion-nav`, which keeps the one below in the document, hidden. */
for (const id of ['a', 'b']) {
  customElements.define(
    `film-${id}`,
    class extends HTMLElement {
      connectedCallback() {
        this.innerHTML ||= `<main data-personalize-item="${id}" data-personalize-on="load">${id}</main>`;
      }
    },
  );
}

window.start = async () => {
  const nav = document.querySelector('ion-nav');
  await nav.componentOnReady?.();
  await nav.setRoot('film-a');
  window.show = async (id, path) => {
    history.pushState(null, '', path);
    await (id === 'a' ? nav.pop() : nav.push(`film-${id}`));
  };
};
