import { mount } from 'svelte';
import App from './App.svelte';
import { registerWorker } from './registerWorker.ts';
import './ui/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the screen');

await registerWorker();
mount(App, { target });
