'use client';

import { init, type Tracker } from 'personalize-beacon';
import { useEffect, useState } from 'react';

const PRICE = 4.99;

let tracker: Tracker | undefined;

/** Begun in the browser alone, and once: React runs effects twice in development. */
const begin = () => {
  tracker ??= init({
    trackingId: 'demo-tracker',
    identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    endpoint: process.env.NEXT_PUBLIC_AWS,
    identityEndpoint: process.env.NEXT_PUBLIC_AWS,
    sessionCookie: true,
  });
  return tracker;
};

export function Tracking() {
  useEffect(() => void begin(), []);
  return null;
}

export function Rent({ itemId }: { itemId: string }) {
  const [isRented, setRented] = useState(false);
  const rent = () => {
    begin().track('purchase', itemId, { eventValue: PRICE });
    setRented(true);
  };
  return (
    <button type="button" onClick={rent} disabled={isRented}>
      {isRented ? 'Rented' : 'Rent'}
    </button>
  );
}
