import { html, LitElement } from 'lit';

customElements.define(
  'film-rating',
  class extends LitElement {
    render() {
      return html`
        <label>Stars <input type="number" data-personalize-on="change"></label>
        <form
          data-personalize-on="submit"
          data-personalize-value="2.99"
          @submit=${(event) => event.preventDefault()}
        >
          <button>Rent</button>
        </form>
        <button data-personalize-event="favourite">Remember</button>
      `;
    }
  },
);
