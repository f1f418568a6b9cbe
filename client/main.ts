import { mount, unmount } from 'svelte';
import App from './App.svelte';
import { handOver } from './handOver.ts';
import { registerWorker } from './registerWorker.ts';
import './ui/base.css';

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the screen');

await registerWorker();
const app: Record<string, unknown> = mount(App, { target: place, props: { handOver: () => handOver({ place, end: () => unmount(app) }) } });
