import { render } from 'preact';
import './tokens.css';
import './page.css';
import { App } from './shell/app.js';
import { startLedger } from './api/ledger.js';

const place = document.getElementById('app');
if (place) {
  startLedger();
  render(<App />, place);
}
