import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import './style.css';
import { Tracking } from './tracking';

export const metadata: Metadata = { title: 'Films tonight', icons: 'data:,' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Tracking />
      </body>
    </html>
  );
}
