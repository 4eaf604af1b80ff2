import { init } from 'personalize-beacon';

const PRICE = 4.99;

const personalize = init({
  trackingId: 'demo-tracker',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  endpoint: process.env.AWS,
  identityEndpoint: process.env.AWS,
});

/** Stands in for the site's own endpoint that calls GetRecommendations. */
const recommend = async () => ({
  recommendationId: 'RID-tonight',
  films: [
    { id: 'casablanca', title: 'Casablanca' },
    { id: 'rear-window', title: 'Rear Window' },
    { id: 'the-sting', title: 'The Sting' },
  ],
});

const tile = ({ id, title }) => {
  const link = Object.assign(document.createElement('a'), { href: `#${id}`, textContent: title });
  link.dataset.personalizeItem = id;
  const button = Object.assign(document.createElement('button'), { textContent: 'Rent' });
  button.addEventListener('click', () => {
    personalize.track('purchase', id, { eventValue: PRICE });
    button.textContent = 'Rented';
    button.disabled = true;
  });
  const tile = document.createElement('li');
  tile.append(link, button);
  return tile;
};

const list = document.querySelector('ul');
const { recommendationId, films } = await recommend();
list.dataset.personalizeRecommendationId = recommendationId;
list.append(...films.map(tile));
