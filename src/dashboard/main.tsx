/** The dashboard: a page over the admin API. */
import { render } from 'preact';

const root = document.getElementById('app');
if (root !== null) render(<h1>mock-mor</h1>, root);
