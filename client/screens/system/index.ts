import type { Screen } from '../../ui/screen.ts';
import Page from './System.svelte';

export default { Page } satisfies Screen;
