import { StrictMode } from 'react';
import { Boundary } from './boundary.tsx';
import { Routes } from './routes.tsx';

/** The whole client: routes inside a net. What a page needs beyond that comes with the page. */
export function App() {
  return (
    <StrictMode>
      <Boundary>
        <Routes />
      </Boundary>
    </StrictMode>
  );
}
