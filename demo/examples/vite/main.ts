import { init } from 'personalize-beacon';
import './style.css';

const PRICE = 4.99;

const personalize = init({
  trackingId: 'demo-tracker',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  endpoint: import.meta.env.VITE_AWS,
  identityEndpoint: import.meta.env.VITE_AWS,
});

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    personalize.track('purchase', button.value, { eventValue: PRICE });
    button.textContent = 'Rented';
    button.disabled = true;
  });
}
