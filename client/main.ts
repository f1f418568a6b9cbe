import { mount } from 'svelte';
import App from './App.svelte';
import { registerWorker } from './registerWorker.ts';
import './ui/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the screen');
mount(App, { target });
registerWorker().catch((error: unknown) => console.info('nothing is kept for the time the server is away', String(error)));
