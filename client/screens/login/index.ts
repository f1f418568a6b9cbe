import type { Screen } from '../../ui/screen.ts';
import Page from './Login.svelte';

export default { Page } satisfies Screen;
