import type { Screen } from '../../ui/screen.ts';
import Page from './Setup.svelte';

export default { Page } satisfies Screen;
