import { mount } from 'svelte';
import App from './App.svelte';
import './ui/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the screen');
mount(App, { target });

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  navigator.serviceWorker.register('/sw.js').then(
    (registration) => registration.active?.postMessage('refresh'),
    (error: unknown) => console.info('no service worker here', String(error)),
  );
}
